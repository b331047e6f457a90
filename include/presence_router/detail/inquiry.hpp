// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/config.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/name_of.hpp>
#include <presence_router/detail/router_members.hpp>
#include <presence_router/detail/unwrap.hpp>
#include <presence_router/insight/explanation_node.hpp>
#include <presence_router/sees.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

class Inquiry;

template <class Owner, class Member>
std::type_identity<Owner> owner_of(Member Owner::*);

template <class R>
concept SeesAsExplained = requires {
    requires std::same_as<decltype(owner_of(&R::sees)),
                          decltype(owner_of(&R::template explain_sees<Inquiry>))>;
};

/// A class that derives from a chain or an adaptor and answers `sees` otherwise, by whatever kind of member.
template <class R>
concept HidesSees = HasSees<R> && !SeesAsExplained<R>;

/// A router with routers below it, which asks them by `inquiry.ask` and tells what it does to their answers.
/// Its member answers as its `sees` does.
template <class R>
concept Explains =
    !HidesSees<std::remove_const_t<R>> &&
    requires(R& router, user_id_t<R> const& viewer, user_id_t<R> const& subject, Inquiry& inquiry) {
        { router.explain_sees(viewer, subject, inquiry) } -> std::same_as<bool>;
    };

/// Asks the routers of a policy whether one user sees another, and writes down what each says. All are asked,
/// also those that `sees` does not get to: what such a one throws is written down, and goes no further.
/// It is no template, so that a router whose type is erased can pass it on.
class Inquiry {
public:
    /// Asks `router`, which stands below the one whose `explain_sees` calls this, if one does.
    template <class R, class Id>
    bool ask(R const& router, Id const& viewer, Id const& subject, std::optional<std::size_t> position = {}) {
        using Asked = unwrapped_t<R>;
        if constexpr (asks_nobody<Asked>) {
            return false; // it may speak of other ids
        } else {
            Entry const entry{*this,
                              {.depth = depth_, .position = position, .name = name_of(unwrap(router))}};
            bool granted = false;
            attempt([&] { granted = pass_on(router, viewer, subject); });
            node().grants = granted;
            if (granted && is_asked()) decisive_ = current_;
            return granted;
        }
    }

    /// What the router says that is being asked, given as it is where it was held in another form.
    template <class R, class Id>
    bool pass_on(R const& router, Id const& viewer, Id const& subject) {
        if constexpr (Explains<unwrapped_t<R>>) return unwrap(router).explain_sees(viewer, subject, *this);
        else return presence_router::sees(router, viewer, subject);
    }

    // What the router that is being asked says of itself.

    /// It is this adaptor.
    void is_adaptor(std::string_view adaptor) { node().adaptor = adaptor; }

    /// It is this filter, by this predicate.
    template <class P>
    void is_filter(std::string_view adaptor, P const& predicate) {
        is_adaptor(adaptor);
        node().name = name_of(predicate);
    }

    /// It refuses; `sees` asks nothing below it.
    void deny() {
        node().denies = true;
        denied_ = true;
    }

    /// It goes on as if nothing had been thrown below it.
    void swallow() { node().failure = std::move(thrown_); }

    /// `keeps()` tells whether it makes something of a state of the subject, which `sees` does not ask.
    template <class Keeps>
    void try_state(Keeps const& keeps) {
        bool const denied = std::exchange(denied_, true); // so that what it throws goes no further
        attempt([&] { node().takes_away = !keeps(); });
        denied_ = denied;
    }

    /// What was written down, each router before those below it, and the place of the one that decided.
    std::vector<ExplanationNode> take_nodes() { return std::move(nodes_); }
    std::optional<std::size_t> decisive() const { return decisive_; }

private:
    class Entry {
    public:
        Entry(Inquiry& inquiry, ExplanationNode node)
            : inquiry_{inquiry}, current_{inquiry.current_}, denied_{inquiry.denied_} {
            node.asked = inquiry.is_asked();
            inquiry.nodes_.push_back(std::move(node));
            inquiry.current_ = inquiry.nodes_.size() - 1;
            ++inquiry.depth_;
        }
        Entry(Entry const&) = delete;
        Entry& operator=(Entry const&) = delete;
        ~Entry() {
            --inquiry_.depth_;
            inquiry_.current_ = current_;
            inquiry_.denied_ = denied_;
        }

    private:
        Inquiry& inquiry_;
        std::size_t current_;
        bool denied_;
    };

    ExplanationNode& node() { return nodes_[current_]; }
    bool is_asked() const { return !denied_ && !decisive_; }

    template <class Ask>
    void attempt(Ask const& ask) {
#if PRESENCE_ROUTER_EXCEPTIONS
        bool const asked = is_asked();
        try {
            ask();
        } catch (...) {
            thrown_ = text_of_exception();
            node().failure = thrown_;
            if (asked) throw;
        }
#else
        ask();
#endif
    }

#if PRESENCE_ROUTER_EXCEPTIONS
    static std::string text_of_exception() {
        try {
            throw;
        } catch (std::exception const& error) {
            return error.what();
        } catch (...) {
            return "an exception that is no std::exception";
        }
    }
#endif

    std::vector<ExplanationNode> nodes_;
    std::optional<std::size_t> decisive_;
    std::string thrown_;      // last
    std::size_t depth_ = 0;   // of what is asked next
    std::size_t current_ = 0; // the node of the router that is being asked
    bool denied_ = false;     // by a filter above what is asked next
};

} // namespace presence_router::inline v0::detail
