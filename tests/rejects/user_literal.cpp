// SPDX-License-Identifier: BSL-1.0
// expect: this literal is not a Matrix user id: it has to begin with '@'
// expect: this literal is not a Matrix user id: its localpart has to be well-formed UTF-8
// expect: this literal is not a Matrix user id: its localpart holds no NUL
// expect: this literal is not a Matrix user id: a ':' has to stand between localpart and server name
// expect: this literal is not a Matrix user id: a host has to follow the ':'
// expect: this literal is not a Matrix user id: a host holds only A-Z, a-z, 0-9, '-' and '.'
// expect: this literal is not a Matrix user id: an IPv6 address is 2 to 45 of
// expect: this literal is not a Matrix user id: nothing may follow the host but ':' and a port
// expect: this literal is not a Matrix user id: it has at most 255 bytes
#include <presence_router/user_id.hpp>

using namespace presence_router::literals;

#define FIFTY "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

int main() {
    (void)"alice:example.org"_user;
    (void)"@\xC0\x80:example.org"_user;
    (void)"@al\0ice:example.org"_user;
    (void)"@alice"_user;
    (void)"@alice:"_user;
    (void)"@alice:example_org"_user;
    (void)"@alice:[::1"_user;
    (void)"@alice:example.org:port"_user;
    (void)"@" FIFTY FIFTY FIFTY FIFTY FIFTY ":example.org"_user;
}
