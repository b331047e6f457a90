// SPDX-License-Identifier: BSL-1.0
#include "laws/sample.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

// One server's recipients at two others, over a network that loses, repeats and reorders what it carries.
namespace laws {

using namespace msc4495_2026_07_15;

/// What happens next; `at` chooses among what is under way, `users` is a set of users.
struct Event {
    enum class Do {
        change,         // other users see the subject
        send,           // its presence is sent
        deliver,        // a message arrives, whichever
        deliver_again,  // and stays under way
        lose,           // a message is lost
        acknowledge,    // an acknowledgement arrives, or one that came already
        ask,            // a query is begun, and answered; the answer is under way
        answer,         // an answer arrives
        fail,           // a query fails
        sender_forgets, // the sender loses its state
        receiver_forgets,
    };
    Do what = Do::change;
    std::size_t at = 0;
    unsigned users = 0;
};

inline void showValue(Event const& event, std::ostream& out) {
    static constexpr std::array<char const*, 11> names{
        "change", "send", "deliver",        "deliver_again",   "lose", "acknowledge", "ask",
        "answer", "fail", "sender_forgets", "receiver_forgets"};
    out << names[static_cast<std::size_t>(event.what)] << '(' << event.at << ", " << event.users << ')';
}

} // namespace laws

namespace rc {

template <>
struct Arbitrary<laws::Event> {
    static Gen<laws::Event> arbitrary() {
        using Do = laws::Event::Do;
        return gen::build<laws::Event>(gen::set(&laws::Event::what, gen::weightedElement<Do>({
                                                                        {6, Do::change},
                                                                        {9, Do::send},
                                                                        {12, Do::deliver},
                                                                        {2, Do::deliver_again},
                                                                        {3, Do::lose},
                                                                        {8, Do::acknowledge},
                                                                        {6, Do::ask},
                                                                        {6, Do::answer},
                                                                        {1, Do::fail},
                                                                        {1, Do::sender_forgets},
                                                                        {1, Do::receiver_forgets},
                                                                    })),
                                       gen::set(&laws::Event::at, gen::inRange<std::size_t>(0, 8)),
                                       gen::set(&laws::Event::users, gen::inRange(0U, 1U << 5)));
    }
};

} // namespace rc

namespace laws {

class World {
public:
    using Users = std::set<UserId>;

    World() {
        for (std::string const name : {"x", "y"}) receivers_.try_emplace(name, InboundRecipients{name});
        change(0);
    }

    void happen(Event const& event) {
        std::string const server = event.at % 2 == 0 ? "x" : "y";
        Receiver& receiver = receivers_.at(server);
        switch (event.what) {
        case Event::Do::change:
            change(event.users);
            break;
        case Event::Do::send:
            for (OutboundMessage const& message : outbound_.take_messages(subject()))
                messages_.push_back({message, version_, sees(message.server)});
            break;
        case Event::Do::deliver:
        case Event::Do::deliver_again:
            if (messages_.empty()) break;
            deliver(messages_[event.at % messages_.size()]);
            if (event.what == Event::Do::deliver) take(messages_, event.at);
            break;
        case Event::Do::lose:
            if (!messages_.empty()) take(messages_, event.at);
            break;
        case Event::Do::acknowledge:
            if (!delivered_.empty()) outbound_.acknowledge(delivered_[event.at % delivered_.size()]);
            break;
        case Event::Do::ask:
            if (receiver.answer || !receiver.inbound.start_query(subject())) break;
            receiver.answer = Answer{outbound_.answer_query(subject(), server)};
            break;
        case Event::Do::answer:
            answer(receiver);
            break;
        case Event::Do::fail:
            receiver.inbound.fail_query(subject());
            receiver.answer.reset();
            break;
        case Event::Do::sender_forgets:
            outbound_ = OutboundRecipients{"own"};
            change(users_);
            for (auto const& [name, known] : receivers_) outbound_.distrust(subject(), name);
            break;
        case Event::Do::receiver_forgets:
            receiver =
                Receiver{InboundRecipients{server, AtStart::state_was_lost}, std::nullopt, receiver.newest};
            break;
        }
        for (auto const& [name, known] : receivers_) check(name, known);
    }

    /// The network works again: what is under way is gone, and what is sent now arrives at once, and in order.
    void settle() {
        messages_.clear();
        for (auto& [name, receiver] : receivers_) {
            receiver.inbound.fail_query(subject());
            receiver.answer.reset();
        }
        for (int round = 0; round < 3; ++round) {
            for (OutboundMessage const& message : outbound_.take_messages(subject())) {
                deliver({message, version_, sees(message.server)});
                RC_ASSERT(outbound_.acknowledge(message));
                Receiver& receiver = receivers_.at(message.server);
                if (!receiver.inbound.start_query(subject())) continue;
                RC_ASSERT(receiver.inbound.answer_query(subject(),
                                                        outbound_.answer_query(subject(), message.server)));
            }
        }
        for (auto const& [name, receiver] : receivers_) RC_ASSERT(shown(receiver) == sees(name));
        // It has settled: what is still sent says that nothing changed, and is shown at once.
        for (OutboundMessage const& message : outbound_.take_messages(subject())) {
            RC_ASSERT(!sees(message.server).empty());
            RC_ASSERT(!message.update.recipients);
            RC_ASSERT(receivers_.at(message.server).inbound.receive(subject(), message.update) ==
                      InboundAction::show);
        }
    }

private:
    struct Message {
        OutboundMessage message;
        std::size_t version;
        Users sees; // when it was sent
    };
    struct Answer {
        std::optional<RecipientSnapshot> snapshot;
    };
    struct Receiver {
        InboundRecipients inbound;
        std::optional<Answer> answer{};
        std::size_t newest = 0; // the newest version that was delivered
    };

    static UserId const& subject() {
        static UserId const id = "@subject:own"_user;
        return id;
    }
    static std::vector<UserId> const& viewers() {
        static std::vector const all{"@a:x"_user, "@b:x"_user, "@c:x"_user, "@a:y"_user, "@b:y"_user};
        return all;
    }

    void change(unsigned users) {
        users_ = users;
        std::vector<UserId> now{"@local:own"_user};
        for (std::size_t at = 0; at < viewers().size(); ++at)
            if (users >> at & 1U) now.push_back(viewers()[at]);
        ++version_;
        outbound_.update(subject(), now, version_ * 0x9e37'79b9'7f4a'7c15U); // ids come in no order
        versions_.emplace_back(now.begin(), now.end());
    }

    /// Who on `server` sees the subject, as of a version.
    Users sees(std::string const& server, std::size_t version) const {
        Users result;
        for (UserId const& user : versions_[version - 1])
            if (user.server_name() == server) result.insert(user);
        return result;
    }
    Users sees(std::string const& server) const { return sees(server, version_); }

    static Users shown(Receiver const& receiver) {
        Users result;
        for (UserId const& user : receiver.inbound.recipients(subject())) result.insert(user);
        return result;
    }

    /// A presence is shown to just those who saw the subject when it was sent, or to nobody.
    void deliver(Message const& sent) {
        Receiver& receiver = receivers_.at(sent.message.server);
        InboundAction const action = receiver.inbound.receive(subject(), sent.message.update);
        receiver.newest = std::max(receiver.newest, sent.version);
        RC_ASSERT(action != InboundAction::legacy);
        RC_ASSERT(shown(receiver) == (action == InboundAction::resync ? Users{} : sent.sees));
        delivered_.push_back(sent.message);
    }

    void answer(Receiver& receiver) {
        if (!receiver.answer) return;
        if (receiver.inbound.answer_query(subject(), receiver.answer->snapshot))
            RC_ASSERT(!receiver.inbound.start_query(subject()) || !receiver.answer->snapshot);
        else RC_ASSERT(receiver.inbound.start_query(subject()));
        receiver.inbound.fail_query(subject());
        receiver.answer.reset();
    }

    /// What is stored is shown to nobody who was removed before the newest that arrived.
    void check(std::string const& server, Receiver const& receiver) const {
        Users const users = shown(receiver);
        bool allowed = users.empty();
        for (std::size_t version = std::max<std::size_t>(receiver.newest, 1); version <= version_; ++version)
            allowed = allowed || users == sees(server, version);
        RC_ASSERT(allowed);
    }

    template <class T>
    static void take(std::vector<T>& from, std::size_t at) {
        from.erase(from.begin() + static_cast<std::ptrdiff_t>(at % from.size()));
    }

    OutboundRecipients outbound_{"own"};
    std::map<std::string, Receiver> receivers_;
    std::vector<Message> messages_;             // under way
    std::vector<OutboundMessage> delivered_;    // of which an acknowledgement may arrive
    std::vector<std::vector<UserId>> versions_; // who ever saw the subject
    std::size_t version_ = 0;
    unsigned users_ = 0;
};

} // namespace laws

int main() {
    laws::law("MSC4495", "nobody is shown what they may not see, and all is well once messages arrive",
              [](std::vector<laws::Event> const& events) {
                  laws::World world;
                  for (laws::Event const& event : events) world.happen(event);
                  world.settle();
              });
    return laws::all_hold ? 0 : 1;
}
