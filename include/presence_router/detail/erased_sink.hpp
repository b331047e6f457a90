// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/numbered_values.hpp>

#include <concepts>
#include <memory>

namespace presence_router::inline v0::detail {

/// An open sink (see OpenSink) of any type, referred to for the length of a call. It has one type for all, so
/// that what is no template can take it: what a router streams is not gathered on the way.
template <class Id, class... More>
class ErasedSink {
public:
    using open_sink_tag = void;

    template <class Sink>
        requires(!std::same_as<Sink, ErasedSink>)
    explicit ErasedSink(Sink const& sink) noexcept
        : sink_{std::addressof(sink)}, show_{&show<Sink>}, others_{&others_of<Sink>} {}

    bool operator()(Id const& user, More const&... more) const { return show_(sink_, user, more...); }

    /// The same for each of `users`, by one indirect call: the loop is where the sink's type is known.
    bool show_each(NumberedValues<Id> const& users, More const&... more) const {
        return others_->show_each(sink_, users, more...);
    }
    void without_state(Id const& viewer) const { others_->without_state(sink_, viewer); }
    [[nodiscard]] bool is_open() const { return others_->is_open(sink_); }

private:
    struct Others { // what is not called for every single route
        bool (*show_each)(void const*, NumberedValues<Id> const&, More const&...);
        void (*without_state)(void const*, Id const&);
        bool (*is_open)(void const*);
    };

    template <class Sink>
    static bool show(void const* sink, Id const& user, More const&... more) {
        return (*static_cast<Sink const*>(sink))(user, more...);
    }
    template <class Sink>
    static constexpr Others others_of{
        [](void const* sink, NumberedValues<Id> const& users, More const&... more) {
            return detail::show_each(*static_cast<Sink const*>(sink), users, more...);
        },
        [](void const* sink, Id const& viewer) { static_cast<Sink const*>(sink)->without_state(viewer); },
        [](void const* sink) { return static_cast<Sink const*>(sink)->is_open(); }};

    void const* sink_;
    bool (*show_)(void const*, Id const&, More const&...);
    Others const* others_;
};

} // namespace presence_router::inline v0::detail
