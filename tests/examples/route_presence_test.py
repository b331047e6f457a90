# SPDX-License-Identifier: BSL-1.0
"""Tests examples/route_presence from outside.

Usage: route_presence_test.py PROGRAM SAMPLES [unittest arguments]; SAMPLES is the folder of the sample data.
"""

import contextlib
import html
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

NOW = 1_700_000_000_000
ROUTES = {"routes": {"@alice:x": ["@bob:x", "@charlie:y"]}, "receive_all": ["@monitor:x"]}
TIMEOUT = 120


def event(user, presence="online", **content):
    return {"type": "m.presence", "sender": user, "content": {"presence": presence, **content}}


def entry(user, presence="online", **content):
    return {"user_id": user, "presence": presence, **content}


def lines(*values):
    """JSON lines; bytes are taken as they are."""
    return b"".join((v if isinstance(v, bytes) else json.dumps(v).encode()) + b"\n" for v in values)


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.config = self.file("config.json", json.dumps(ROUTES))

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_program(self, *arguments, **options):
        options = {"stdin": subprocess.DEVNULL, "capture_output": True, **options}
        if "input" in options:
            del options["stdin"]
        return subprocess.run([PROGRAM, *map(str, arguments)], timeout=TIMEOUT, check=False, **options)

    def route(self, *values, config=None):
        """Routes lines; returns exit code, {viewer: events} and complaints without the file's name."""
        path = self.file("updates.jsonl", lines(*values))
        result = self.run_program(config or self.config, path, "--now", NOW)
        received = [json.loads(line) for line in result.stdout.decode("ascii").splitlines()]
        for line in received:
            self.assertEqual(list(line), ["viewer", "events"])
        complaints = result.stderr.decode().splitlines()
        for complaint in complaints:
            self.assertTrue(complaint.startswith(f"{path}:"), complaint)
        return (result.returncode, {line["viewer"]: line["events"] for line in received},
                [complaint[len(str(path)) + 1:] for complaint in complaints])


class Routing(Case):
    def test_the_sample_is_routed_as_its_expected_output_says(self):
        result = self.run_program(SAMPLES / "config.json", SAMPLES / "updates.jsonl", "--now", NOW)
        self.assertEqual(result.stdout.decode(), (SAMPLES / "expected.jsonl").read_text(encoding="ascii"))
        self.assertEqual((result.returncode, result.stderr), (0, b""))

    def test_who_receives_what(self):
        code, received, complaints = self.route(event("@bob:x"), event("@dan:x"), event("@alice:x"))
        self.assertEqual((code, complaints), (0, []))
        told = {viewer: [e["sender"] for e in events] for viewer, events in received.items()}
        self.assertEqual(told, {"@alice:x": ["@bob:x"], "@monitor:x": ["@bob:x", "@dan:x", "@alice:x"]})

    def test_the_three_kinds_of_line_mean_the_same(self):
        content = {"last_active_ago": 7, "status_msg": "hi", "currently_active": True}
        expected = [event("@bob:x", **content)]
        push = {"push": [entry("@bob:x", **content)]}
        for line in (event("@bob:x", **content), push, {"edu_type": "m.presence", "content": push}):
            with self.subTest(line):
                self.assertEqual(self.route(line), (0, {"@alice:x": expected, "@monitor:x": expected}, []))

    def test_what_says_nothing_is_left_out_as_synapse_does(self):
        for given, shown in [
            (event("@bob:x"), event("@bob:x", currently_active=False)),
            (event("@bob:x", last_active_ago=0), event("@bob:x", last_active_ago=0, currently_active=False)),
            (event("@bob:x", last_active_ago=NOW), event("@bob:x", currently_active=False)),
            (event("@bob:x", status_msg=""), event("@bob:x", currently_active=False)),
            (event("@bob:x", "offline", currently_active=True), event("@bob:x", "offline")),
            (event("@bob:x", "busy", currently_active=True), event("@bob:x", "busy")),
            (event("@bob:x", "org.matrix.msc3026.busy"), event("@bob:x", "busy")),
            (event("@bob:x", "unavailable", status_msg=None, last_active_ago=None, currently_active=None),
             event("@bob:x", "unavailable")),
        ]:
            with self.subTest(given):
                self.assertEqual(self.route(given)[:2], (0, {"@alice:x": [shown], "@monitor:x": [shown]}))

    def test_an_update_is_received_once_by_whom_two_routers_name(self):
        routes = {"routes": {"@a:x": ["@b:x", "@b:x"]}, "receive_all": ["@a:x", "@a:x"]}
        config = self.file("both.json", json.dumps(routes))
        code, received, _ = self.route({"push": [entry("@b:x"), entry("@c:x")]}, event("@b:x"), config=config)
        self.assertEqual((code, [e["sender"] for e in received["@a:x"]]), (0, ["@b:x", "@c:x", "@b:x"]))

    def told(self, **rules):
        """Who is told of whom under these rules, beside the routes of all tests."""
        config = self.file("rules.json", json.dumps({**ROUTES, **rules}))
        updates = [event(user) for user in ("@bob:x", "@charlie:y", "@alice:x")]
        code, received, complaints = self.route(*updates, config=config)
        self.assertEqual((code, complaints), (0, []))
        return {viewer: [e["sender"] for e in events] for viewer, events in received.items()}

    def test_the_presence_of_excluded_subjects_is_received_by_nobody(self):
        self.assertEqual(self.told(exclude=["@bob:x", "@nobody:z"]),
                         {"@alice:x": ["@charlie:y"], "@monitor:x": ["@charlie:y", "@alice:x"]})
        self.assertEqual(self.told(exclude=[]), self.told())

    def test_presence_goes_to_allowed_servers_and_not_to_denied_ones(self):
        everyone = self.told()
        self.assertEqual(set(everyone), {"@alice:x", "@monitor:x"})
        wider = {"routes": {**ROUTES["routes"], "@erin:sub.y": ["@bob:x"]}}
        for rules, viewers in [
            ({"allow_servers": ["x"]}, {"@alice:x", "@monitor:x"}),
            ({"allow_servers": ["*.y", "z"]}, {"@erin:sub.y"}),
            ({"allow_servers": ["*y"]}, {"@erin:sub.y"}),
            ({"allow_servers": ["?"]}, {"@alice:x", "@monitor:x"}),
            ({"allow_servers": []}, set()),
            ({"deny_servers": []}, {"@alice:x", "@monitor:x", "@erin:sub.y"}),
            ({"deny_servers": ["x"]}, {"@erin:sub.y"}),
            ({"allow_servers": ["*"], "deny_servers": ["*.y"]}, {"@alice:x", "@monitor:x"}),
            ({"allow_servers": ["x"], "deny_servers": ["*"]}, set()),
        ]:
            with self.subTest(rules):
                self.assertEqual(set(self.told(**{**wider, **rules})), viewers)

    def test_rules_are_the_same_for_every_question(self):
        rules = {**ROUTES, "exclude": ["@bob:x"], "deny_servers": ["y"]}
        rules["routes"] = {**rules["routes"], "@charlie:y": ["@alice:x"]}
        config = self.file("rules.json", json.dumps(rules))
        for question, answer in [
            (["--interested", "@alice:x"],
             {"viewer": "@alice:x", "all_users": False, "users": ["@charlie:y"]}),
            (["--interested", "@charlie:y"], {"viewer": "@charlie:y", "all_users": False, "users": []}),
            (["--interested", "@monitor:x"], {"viewer": "@monitor:x", "all_users": True}),
            (["--sees", "@monitor:x", "@bob:x"],
             {"viewer": "@monitor:x", "subject": "@bob:x", "sees": False}),
            (["--sees", "@monitor:x", "@alice:x"],
             {"viewer": "@monitor:x", "subject": "@alice:x", "sees": True}),
            (["--sees", "@charlie:y", "@alice:x"],
             {"viewer": "@charlie:y", "subject": "@alice:x", "sees": False}),
        ]:
            with self.subTest(question):
                self.assertEqual(json.loads(self.run_program(config, *question).stdout), answer)

    def test_any_text_survives(self):
        # The output is ASCII, which splits lines at U+2028 in no reader and moves no cursor.
        texts = ['quote " backslash \\ slash /', "line\nbreak\ttab", "\0\x1b[31m\x7f\x9b",
                 "é \u2028 \U0001F370"]
        _, received, _ = self.route(*(event("@bob:x", status_msg=text) for text in texts))
        self.assertEqual([e["content"]["status_msg"] for e in received["@alice:x"]], texts)
        _, received, _ = self.route(event('@"\\é\n:x'))
        self.assertEqual(received["@monitor:x"][0]["sender"], '@"\\é\n:x')

    def test_empty_lines_crlf_a_byte_order_mark_and_a_missing_last_newline_are_no_fault(self):
        text = (b"\xef\xbb\xbf" + json.dumps(event("@bob:x")).encode() + b"\r\n\r\n \t\n\n"
                + json.dumps(event("@charlie:y")).encode())
        result = self.run_program(self.config, self.file("updates.jsonl", text))
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertEqual(len(json.loads(result.stdout.splitlines()[0])["events"]), 2)

    def test_an_event_that_is_there_twice_is_received_once_and_last(self):
        _, received, _ = self.route(event("@bob:x"), event("@bob:x", "offline"), event("@bob:x"))
        self.assertEqual([e["content"]["presence"] for e in received["@alice:x"]], ["offline", "online"])

    def test_no_updates_no_output(self):
        result = self.run_program(self.config, self.file("updates.jsonl", b""))
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))

    def test_an_edu_of_many_users(self):
        code, received, _ = self.route({"push": [entry(f"@user{n}:x") for n in range(20_000)]})
        self.assertEqual((code, len(received["@monitor:x"])), (0, 20_000))

    def test_the_clock_makes_ages_grow_without_now(self):
        process = subprocess.Popen([PROGRAM, str(self.config)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write(lines(event("@bob:x", last_active_ago=1000)))
        process.stdin.flush()
        time.sleep(0.5)
        output, _ = process.communicate(timeout=TIMEOUT)
        age = json.loads(output.splitlines()[0])["events"][0]["content"]["last_active_ago"]
        self.assertGreaterEqual(age, 1400)

    def test_standard_input(self):
        for arguments in ([], ["-"]):
            given = lines(event("@bob:x"), b"{", event("@charlie:y"))
            result = self.run_program(self.config, *arguments, input=given)
            self.assertEqual(result.returncode, 1)
            self.assertTrue(result.stderr.startswith(b"<stdin>:2: "), result.stderr)
            self.assertEqual(len(json.loads(result.stdout.splitlines()[0])["events"]), 2)


class ByServer(Case):
    def sent(self, *values, own="x", **config):
        """What is sent, as [(destination, [user, ...]), ...]."""
        config = self.file("c.json", json.dumps(config))
        result = self.run_program(config, "-", "--by-server", own, "--now", NOW, input=lines(*values))
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        sent = [json.loads(line) for line in result.stdout.decode("ascii").splitlines()]
        for line in sent:
            self.assertEqual((list(line), line["edu"]["edu_type"]), (["destination", "edu"], "m.presence"))
        return [(line["destination"], line["edu"]["content"]["push"]) for line in sent]

    def users(self, *values, **options):
        return [(to, [e["user_id"] for e in push]) for to, push in self.sent(*values, **options)]

    def test_each_server_gets_each_state_once_and_the_own_one_nothing(self):
        routes = {"@a:y": ["@bob:x", "@eve:x"], "@b:y": ["@bob:x"], "@c:w:8448": ["@eve:x"], "@d:x": ["@bob:x"]}
        self.assertEqual(self.users(event("@bob:x"), event("@eve:x"), event("@nobody:x"), routes=routes),
                         [("w:8448", ["@eve:x"]), ("y", ["@bob:x", "@eve:x"])])

    def test_states_of_other_servers_are_not_sent(self):
        given = event("@bob:x"), event("@eve:y"), event("@dan:z")
        self.assertEqual(self.users(*given, receive_all=["@m:y", "@m:z"]), [("y", ["@bob:x"]), ("z", ["@bob:x"])])
        self.assertEqual(self.users(*given, own="y", receive_all=["@m:y", "@m:z"]), [("z", ["@eve:y"])])
        self.assertEqual(self.users(*given, own="w", receive_all=["@m:y"]), [])

    def test_the_last_state_of_a_user_is_sent(self):
        given = event("@bob:x", last_active_ago=5), event("@eve:x"), event("@bob:x", "busy", status_msg="é")
        eve, bob = {**entry("@eve:x"), "currently_active": False}, entry("@bob:x", "busy", status_msg="é")
        self.assertEqual(self.sent(*given, receive_all=["@m:y"]), [("y", [eve, bob])])

    def test_fifty_states_an_edu(self):
        given = [event(f"@user{n}:x") for n in range(120)]
        sent = self.users(*given, receive_all=["@m:y"])
        self.assertEqual([len(users) for _, users in sent], [50, 50, 20])
        self.assertEqual([user for _, users in sent for user in users], [line["sender"] for line in given])


class Malformed(Case):
    GOOD = [event("@bob:x", currently_active=False)]

    def check(self, line, *complaints):
        """`line` is complained of in these words, and its neighbours are routed."""
        result = self.route(event("@bob:x"), line)
        self.assertEqual(result, (1, {"@alice:x": self.GOOD, "@monitor:x": self.GOOD},
                                  [f"2: {complaint}" for complaint in complaints]))
        self.assertEqual(self.route(line, event("@bob:x"))[:2], result[:2])

    def test_no_json(self):
        for line, why in [
            (b"{", "unexpected end of input; expected string literal at column 2"),
            (b"hello", "invalid literal at column 1"),
            (b'{"type" 1}', "unexpected number literal; expected ':' at column 9"),
            (b"{} {}", "unexpected '{'; expected end of input at column 4"),
            (b"[1e999]", "number overflow parsing '1e999' at column 6"),
            (b'"\xff"', "invalid string: ill-formed UTF-8 byte at column 2"),
            (b"\xff\xfe", "invalid literal at column 1"),
            (b'{"type":"m.presence"}\0', "NUL at column 22"),
            (b"\0", "NUL at column 1"),
            (b"[" * 100_000, "nested deeper than 32 levels"),
            (b'{"a":' * 100_000, "nested deeper than 32 levels"),
        ]:
            with self.subTest(line[:50]):
                self.check(line, f"is not JSON: {why}")

    def test_a_number_without_end_is_not_repeated_in_full(self):
        _, _, [complaint] = self.route(b"1" * 100_000 + b"e99999")
        self.assertLess(len(complaint), 300)

    def test_a_line_too_long_to_read(self):
        self.check(b'{"status":"' + b"x" * (16 << 20) + b'"}', "is longer than 16777216 bytes")

    def test_the_longest_line(self):
        line = json.dumps(event("@bob:x", status_msg="")).encode()
        size = 16 << 20
        code, received, _ = self.route(line.replace(b'""', b'"' + b"x" * (size - len(line)) + b'"'))
        self.assertEqual((code, len(received["@alice:x"][0]["content"]["status_msg"])), (0, size - len(line)))

    def test_no_update(self):
        nothing = 'has no "push" (EDU content), "edu_type" (EDU) or "type" (client event)'
        for line, why in [
            ([], "has to be an object, is array"),
            (7, "has to be an object, is number"),
            (None, "has to be an object, is null"),
            ({}, nothing),
            ({"presence": "online"}, nothing),
            ({"edu_type": "m.typing", "content": {}}, '/edu_type: "m.typing" is not "m.presence"'),
            ({"edu_type": 1}, "/edu_type: has to be a string, is number"),
            ({"edu_type": "m.presence"}, "/content: is missing"),
            ({"edu_type": "m.presence", "content": []}, "/content: has to be an object, is array"),
            ({"edu_type": "m.presence", "content": {}}, "/content/push: is missing"),
            ({"edu_type": "m.presence", "content": {"push": {}}},
             "/content/push: has to be an array, is object"),
            ({"push": "x"}, "/push: has to be an array, is string"),
            ({"type": "m.room.message"}, '/type: "m.room.message" is not "m.presence"'),
            ({"type": None}, "/type: has to be a string, is null"),
            ({"type": "m.presence", "content": {"presence": "online"}}, "/sender: is missing"),
            ({"type": "m.presence", "sender": "@a:x"}, "/content: is missing"),
            ({"type": "m.presence", "sender": "@a:x", "content": 1},
             "/content: has to be an object, is number"),
        ]:
            with self.subTest(line):
                self.check(line, why)

    FIELDS = [
        ({"presence": 1}, "presence: has to be a string, is number"),
        ({"presence": "away"}, 'presence: "away" is none of online, unavailable, offline, busy'),
        ({"presence": "\x1b[31m\x9b"},
         'presence: "\\x1B[31m\\xC2\\x9B" is none of online, unavailable, offline, busy'),
        ({"presence": None}, "presence: has to be a string, is null"),
        ({"last_active_ago": "1"}, "last_active_ago: has to be a whole number, is string"),
        ({"last_active_ago": 1.0},
         "last_active_ago: has to be a whole number, is one with a fraction or an exponent"),
        ({"last_active_ago": -1}, "last_active_ago: has to be from 0 to 2^53 - 1, is -1"),
        ({"last_active_ago": 2**53}, "last_active_ago: has to be from 0 to 2^53 - 1, is 9007199254740992"),
        ({"last_active_ago": 2**64 - 1},
         "last_active_ago: has to be from 0 to 2^53 - 1, is 18446744073709551615"),
        ({"status_msg": 1}, "status_msg: has to be a string, is number"),
        ({"status_msg": ["x"]}, "status_msg: has to be a string, is array"),
        ({"currently_active": "yes"}, "currently_active: has to be true or false, is string"),
        ({"currently_active": 1}, "currently_active: has to be true or false, is number"),
    ]

    def test_fields_of_an_event(self):
        for fields, why in self.FIELDS:
            with self.subTest(fields):
                self.check(event("@bob:x") | {"content": {"presence": "online"} | fields}, f"/content/{why}")
        self.check(event("@bob:x") | {"content": {}}, "/content/presence: is missing")

    def test_fields_of_one_entry_do_not_spoil_the_others(self):
        for fields, why in [*self.FIELDS, ({"user_id": 5}, "user_id: has to be a string, is number")]:
            push = {"push": [entry("@bob:x"), entry("@bob:x") | fields, entry("@charlie:y")]}
            for line, path in [(push, ""), ({"edu_type": "m.presence", "content": push}, "/content")]:
                with self.subTest(line):
                    code, received, complaints = self.route(line)
                    self.assertEqual((code, complaints), (1, [f"1: {path}/push/1/{why}"]))
                    self.assertEqual([e["sender"] for e in received["@alice:x"]], ["@bob:x", "@charlie:y"])

    def test_every_wrong_entry_is_reported(self):
        self.check({"push": [1, {}, {"user_id": "@a:x"}, {"presence": "online"}]},
                   "/push/0: has to be an object, is number", "/push/1/user_id: is missing",
                   "/push/2/presence: is missing", "/push/3/user_id: is missing")

    def test_user_ids(self):
        for user, why in [
            ("alice", "it has to begin with '@' (at byte 0)"),
            ("", "it has to begin with '@' (at byte 0)"),
            ("@alice", "a ':' has to stand between localpart and server name (at byte 6)"),
            ("@alice:", "a host has to follow the ':' (at byte 7)"),
            ("@a:x:123456", "nothing may follow the host but ':' and a port of 1 to 5 digits (at byte 10)"),
            ("@a\0:x", "its localpart holds no NUL (at byte 2)"),
            ("@" + "a" * 255 + ":x", "it has at most 255 bytes (at byte 255)"),
        ]:
            with self.subTest(user):
                for line, where in [(event(user), "/sender"), ({"push": [entry(user)]}, "/push/0/user_id")]:
                    code, received, [complaint] = self.route(line, event("@bob:x"))
                    self.assertEqual((code, received["@alice:x"]), (1, self.GOOD))
                    self.assertTrue(complaint.startswith(f'1: {where}: "'), complaint)
                    self.assertTrue(complaint.endswith(f" is not a Matrix user id: {why}"), complaint)
                    self.assertTrue(complaint.isprintable(), complaint)

    def test_repeated_keys_are_nobodys_guess(self):
        self.check(b'{"type":"m.presence","sender":"@bob:x","sender":"@e:x","content":{"presence":"busy"}}',
                   "/sender: is there twice")
        self.check(b'{"type":"m.presence","sender":"@bob:x","content":{"presence":"busy","presence":"busy"}}',
                   "/content/presence: is there twice")
        self.check(b'{"push":[],"push":[]}', "/push: is there twice")
        self.check(b'{"edu_type":"m.presence","content":{"push":[]},"content":{"push":[]}}',
                   "/content: is there twice")
        self.check(b'{"push":[{"user_id":"@eve:x","presence":"online","user_id":"@bob:x"},'
                   b'{"user_id":"@bob:x","presence":"online","a":{"b/c":1,"b/c":2}}]}',
                   "/push/0/user_id: is there twice", "/push/1/a/b~1c: is there twice")
        code, received, _ = self.route(
            b'{"push":[{"user_id":"@e:x","user_id":"@bob:x"},{"user_id":"@charlie:y","presence":"offline"}]}')
        self.assertEqual((code, received["@alice:x"]), (1, [event("@charlie:y", "offline")]))

    def test_a_pointer_shows_no_control_characters(self):
        _, _, [complaint] = self.route(b'{"a\\u001b[31m":1,"a\\u001b[31m":2}')
        self.assertEqual(complaint, "1: /a\\x1B[31m: is there twice")


class Questions(Case):
    def ask(self, *arguments):
        result = self.run_program(self.config, *arguments)
        self.assertEqual(result.stderr, b"")
        return result.returncode, json.loads(result.stdout)

    def test_interested(self):
        self.assertEqual(self.ask("--interested", "@alice:x"),
                         (0, {"viewer": "@alice:x", "all_users": False, "users": ["@bob:x", "@charlie:y"]}))
        self.assertEqual(self.ask("--interested", "@monitor:x"),
                         (0, {"viewer": "@monitor:x", "all_users": True}))
        self.assertEqual(self.ask("--interested", "@dan:x"),
                         (0, {"viewer": "@dan:x", "all_users": False, "users": []}))

    def test_sees(self):
        for viewer, subject, sees in [("@alice:x", "@bob:x", True), ("@bob:x", "@alice:x", False),
                                      ("@monitor:x", "@dan:x", True), ("@dan:x", "@dan:x", False)]:
            self.assertEqual(self.ask("--sees", viewer, subject),
                             (0 if sees else 1, {"viewer": viewer, "subject": subject, "sees": sees}))

    def test_options_may_stand_before_the_configuration(self):
        result = self.run_program("--sees", "@alice:x", "@bob:x", self.config)
        self.assertEqual(result.returncode, 0)


class Explanations(Case):
    def explain(self, config, viewer, subject):
        result = self.run_program(config, "--explain", viewer, subject)
        self.assertEqual(result.stderr, b"")
        return result.returncode, result.stdout.decode().splitlines()

    def test_who_decides(self):
        self.assertEqual(self.explain(self.config, "@alice:x", "@bob:x"), (0, [
            "@alice:x sees @bob:x: 0 RouteTable grants it",
            "  only_viewers(allow_servers, deny_servers): allows",
            "    without_subjects(exclude): allows",
            "      chain: grants",
            "        0 RouteTable: grants <- decides",
            "        1 Broadcast: would not grant",
        ]))
        self.assertEqual(self.explain(self.config, "@monitor:x", "@bob:x")[1][0],
                         "@monitor:x sees @bob:x: 1 Broadcast grants it")
        self.assertEqual(self.explain(self.config, "@dan:x", "@bob:x"), (1, [
            "@dan:x does not see @bob:x: no router grants it",
            "  only_viewers(allow_servers, deny_servers): allows",
            "    without_subjects(exclude): allows",
            "      chain: does not grant",
            "        0 RouteTable: does not grant",
            "        1 Broadcast: does not grant",
        ]))

    def test_which_rule_denies(self):
        for rules, rule in [({"exclude": ["@bob:x"]}, "without_subjects(exclude)"),
                            ({"deny_servers": ["x"]}, "only_viewers(allow_servers, deny_servers)"),
                            ({"allow_servers": []}, "only_viewers(allow_servers, deny_servers)")]:
            config = self.file("rules.json", json.dumps({**ROUTES, **rules}))
            code, text = self.explain(config, "@alice:x", "@bob:x")
            self.assertEqual((code, text[0]), (1, f"@alice:x does not see @bob:x: {rule} denies it"))
            self.assertIn(f"{rule}: denies", [line.strip() for line in text])
            self.assertIn("        0 RouteTable: would grant", text)


class Graphs(Case):
    def setUp(self):
        super().setUp()
        self.dot = self.run_program(self.config, "--graph", "-").stdout

    def draw(self, name, program=None, **options):
        """Draws into a file of that name, with a shell script in place of Graphviz."""
        programs = self.folder / "programs"
        programs.mkdir(exist_ok=True)
        if program is not None:
            path = programs / "dot"
            path.write_text(f"#!/bin/sh\n{program}\n", encoding="ascii")
            path.chmod(0o755)
        path = f"{programs}:/usr/bin:/bin" if program is not None else str(programs)
        return self.run_program(self.config, "--graph", self.folder / name, env={"PATH": path}, **options)

    def test_the_picture_of_the_readme_is_that_of_the_sample(self):
        result = self.run_program(SAMPLES / "config.json", "--graph", "-")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertEqual(result.stdout, (SAMPLES / "routing_graph.dot").read_bytes())
        # The version of Graphviz and the fonts it found decide where things are, but not what is there.
        picture = (SAMPLES / "routing_graph.svg").read_text(encoding="utf-8")
        shown = [html.unescape(text) for text in re.findall("<text[^>]*>([^<]*)</text>", picture)]
        self.assertEqual(sorted(shown), sorted(re.findall('label="([^"]*)"', result.stdout.decode())))

    def test_who_sees_whom_among_the_users_named(self):
        self.assertEqual(self.dot.decode().splitlines(), [
            "digraph presence {",
            "    rankdir=LR;",
            "    node [shape=box];",
            '    u0 [label="@alice:x"];',
            '    u1 [label="@bob:x"];',
            '    u2 [label="@charlie:y"];',
            '    u3 [label="@monitor:x"];',
            '    u0 -> u3 [label="1 Broadcast"];',
            '    u1 -> u0 [label="0 RouteTable"];',
            '    u1 -> u3 [label="1 Broadcast"];',
            '    u2 -> u0 [label="0 RouteTable"];',
            '    u2 -> u3 [label="1 Broadcast"];',
            '    u3 -> u3 [label="1 Broadcast"];',
            "}",
        ])

    def test_graphviz_is_not_needed_for_its_own_language(self):
        for name in ["graph.dot", "graph.gv", "an odd 'name' $(exit).dot"]:
            result = self.draw(name)
            self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))
            self.assertEqual((self.folder / name).read_bytes(), self.dot)

    def test_pictures_are_made_by_graphviz(self):
        for name, form in [("graph.svg", b"-Tsvg"), ("graph.png", b"-Tpng"), ("-Tx; \"a\" $(exit 1) '&.svg", b"-Tsvg")]:
            result = self.draw(name, 'echo "$@"; cat')
            self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))
            self.assertEqual((self.folder / name).read_bytes(), form + b"\n" + self.dot)

    def test_large_pictures_pass(self):
        self.assertEqual(self.draw("graph.svg", "head -c 1000000 /dev/zero").returncode, 0)
        self.assertEqual((self.folder / "graph.svg").stat().st_size, 1_000_000)

    def test_where_there_is_no_picture_the_file_is_not_touched(self):
        for program, why in [(None, "there is no program dot to make the picture: install Graphviz, or name a .dot file"),
                             ("echo half; exit 3", "dot failed, and made no picture"),
                             ("kill -9 $$", "dot failed, and made no picture")]:
            with self.subTest(program):
                self.file("graph.svg", "before")
                result = self.draw("graph.svg", program)
                self.assertEqual((result.returncode, result.stdout), (2, b""))
                self.assertEqual(result.stderr.decode(), f"route_presence: {why}\n")
                self.assertEqual((self.folder / "graph.svg").read_text(), "before")

    def test_files_that_cannot_be(self):
        for name, why in [("graph.pgn", "a graph is written to a file named .dot, .gv, .svg or .png"),
                          ("graph", "a graph is written to a file named .dot, .gv, .svg or .png"),
                          ("no/such/folder.dot", "No such file or directory")]:
            result = self.draw(name)
            self.assertEqual((result.returncode, result.stdout), (2, b""))
            self.assertEqual(result.stderr.decode(), f"route_presence: {self.folder / name}: {why}\n")


class Comparisons(Case):
    def compare(self, other, *values):
        other = self.file("other.json", json.dumps(other))
        return self.run_program(self.config, "-", "--compare", other, "--now", NOW, input=lines(*values))

    def test_who_gains_and_who_loses(self):
        tried = {"routes": {"@alice:x": ["@charlie:y", "@bob:x"], "@dan:x": ["@bob:x"]}, "exclude": ["@charlie:y"]}
        result = self.compare(tried, event("@bob:x"), event("@charlie:y", "busy"), event("@bob:x"))
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertEqual(result.stdout.decode().splitlines(), [
            "@alice:x loses @charlie:y busy",
            "@dan:x gains @bob:x online",
            "@monitor:x loses @bob:x online",
            "@monitor:x loses @charlie:y busy",
        ])

    def test_nothing_between_equals(self):
        result = self.compare(ROUTES, event("@bob:x"))
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))

    def test_what_is_wrong_with_the_input(self):
        result = self.compare({}, b"{", event("@bob:x"))
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stdout, b"@alice:x loses @bob:x online\n@monitor:x loses @bob:x online\n")
        self.assertTrue(result.stderr.startswith(b"<stdin>:1: is not JSON"))
        result = self.compare({"exclude": 7}, event("@bob:x"))
        self.assertEqual((result.returncode, result.stdout), (2, b""))
        self.assertIn(b"other.json: /exclude: has to be an array", result.stderr)


class CommandLine(Case):
    def test_help_teaches(self):
        result = self.run_program("--help")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        for word in ["routes", "receive_all", "m.presence", "last_active_ago", "--interested", "--sees",
                     "--explain", "--graph", "--compare", "--by-server", "--now", "Exit code", "Examples"]:
            self.assertIn(word, result.stdout.decode())

    def test_what_cannot_be_done(self):
        self.file("updates.jsonl", b"")
        updates = self.folder / "updates.jsonl"
        for arguments, why in [
            ([], "CONFIG"),
            ([self.config, "--interested", "alice"], "it has to begin with '@'"),
            ([self.config, "--interested", b"@\xff:x"], "UTF-8"),
            ([self.config, "--sees", "@alice:x", "bob"], "it has to begin with '@'"),
            ([self.config, "--sees", "@alice:x"], "--sees"),
            ([self.config, updates, "--interested", "@alice:x"], "only one"),
            ([self.config, updates, "--sees", "@alice:x", "@bob:x"], "only one"),
            ([self.config, "--interested", "@alice:x", "--sees", "@alice:x", "@bob:x"], "only one"),
            ([self.config, "--explain", "@alice:x", "bob"], "it has to begin with '@'"),
            ([self.config, "--explain", "@alice:x"], "--explain"),
            ([self.config, updates, "--explain", "@alice:x", "@bob:x"], "only one"),
            ([self.config, updates, "--graph", "-"], "only one"),
            ([self.config, "--sees", "@alice:x", "@bob:x", "--explain", "@alice:x", "@bob:x"], "only one"),
            ([self.config, "--compare", self.config, "--sees", "@alice:x", "@bob:x"], "only one"),
            ([self.config, "--compare", self.config, "--graph", "-"], "only one"),
            ([self.config, updates, "--by-server", "x", "--compare", self.config], "only one"),
            ([self.config, "--by-server", "x", "--sees", "@alice:x", "@bob:x"], "only one"),
            ([self.config, updates, "--by-server", ""], "--by-server"),
            ([self.config, updates, "--by-server", "a b"], "is no server name"),
            ([self.config, "--compare", "no-such-file"], "no-such-file: No such file"),
            ([self.config, updates, "--now", "-1"], "--now"),
            ([self.config, updates, "--now", "soon"], "--now"),
            ([self.config, updates, "--now", "99999999999999999999"], "--now"),
            ([self.config, updates, "more"], "more"),
            ([self.config, "--unknown"], "--unknown"),
            (["no-such-file", updates], "no-such-file: No such file"),
            ([self.config, "no-such-file"], "no-such-file: No such file"),
            ([self.folder, updates], "cannot be read"),
            ([self.config, self.folder], "cannot be read"),
        ]:
            with self.subTest(arguments):
                command = [a if isinstance(a, bytes) else str(a) for a in [PROGRAM, *arguments]]
                result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                                        timeout=TIMEOUT, check=False)
                self.assertEqual((result.returncode, result.stdout), (2, b""))
                self.assertIn(why, result.stderr.decode())

    def test_configurations_without_fault(self):
        for config in ["{}", '{"routes": {}}', '{"receive_all": []}', '{"routes": {"@a:x": []}}']:
            with self.subTest(config):
                self.assertEqual(self.route(event("@bob:x"), config=self.file("c.json", config)), (0, {}, []))

    def test_all_faults_of_a_configuration_are_reported(self):
        config = self.file("c.json", """{
            "routes": {"alice": ["@bob:x"], "@a/b:x": ["@bob:x", "bob", 3], "@c:x": "@bob:x",
                       "@a:x": [], "@a:x": []},
            "receive_all": ["@monitor:x", null, "monitor"],
            "recieve_all": []
        }""")
        result = self.run_program(config)
        complaints = [line.split(" is not a Matrix")[0] for line in result.stderr.decode().splitlines()]
        self.assertEqual((result.returncode, result.stdout), (2, b""))
        self.assertEqual(sorted(complaints), sorted(f"{config}: {complaint}" for complaint in [
            '/routes/alice: "alice"',
            '/routes/@a~1b:x/1: "bob"',
            "/routes/@a~1b:x/2: has to be a string, is number",
            "/routes/@c:x: has to be an array of user ids, is string",
            "/routes/@a:x: is there twice",
            "/receive_all/1: has to be a string, is null",
            '/receive_all/2: "monitor"',
            '/recieve_all: is none of the keys "routes", "receive_all", "exclude", "allow_servers" and "deny_servers"',
        ]))

    def test_configurations_of_another_kind(self):
        for config, why in [
            ("", "is not JSON: it is empty"),
            ("{", "is not JSON: unexpected end of input; expected string literal at column 2"),
            ("[]", "has to be an object, is array"),
            ('{"routes": []}', "/routes: has to be an object of viewers, is array"),
            ('{"receive_all": {}}', "/receive_all: has to be an array of user ids, is object"),
            ('{"exclude": "@a:x"}', "/exclude: has to be an array of user ids, is string"),
            ('{"allow_servers": "x"}', "/allow_servers: has to be an array of globs, is string"),
            ('{"deny_servers": ["x", 7]}', "/deny_servers/1: has to be a string, is number"),
            ('{\n  "routes": {},\n}\n',
             "is not JSON: unexpected '}'; expected string literal at line 3, column 1"),
            ("{}\0", "is not JSON: NUL at column 3"),
        ]:
            with self.subTest(config):
                path = self.file("c.json", config)
                result = self.run_program(path)
                self.assertEqual((result.returncode, result.stderr.decode()), (2, f"{path}: {why}\n"))


class Output(Case):
    def test_a_full_disk_is_an_error(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("this system has no /dev/full")
        many = self.file("many.jsonl", lines(event("@bob:x")) * 5000)
        one = self.file("one.jsonl", lines(event("@bob:x")))
        for arguments in ([self.config, one], [self.config, many], [self.config, "--interested", "@alice:x"],
                          [self.config, "--sees", "@alice:x", "@bob:x"], ["--help"],
                          [self.config, "--explain", "@alice:x", "@bob:x"], [self.config, "--graph", "-"],
                          [self.config, one, "--compare", self.file("none.json", "{}")]):
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                result = self.run_program(*arguments, capture_output=False, stdout=full,
                                          stderr=subprocess.PIPE)
                self.assertEqual((result.returncode, result.stderr),
                                 (2, b"route_presence: standard output cannot be written\n"))

    def test_a_reader_that_went_away_is_an_error(self):
        many = self.file("many.jsonl", lines(event("@bob:x")) * 5000)
        for ignored in (False, True):
            reading, writing = os.pipe()
            os.close(reading)
            handler = (lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN)) if ignored else None
            with os.fdopen(writing, "wb") as gone:
                result = self.run_program(self.config, many, capture_output=False, stdout=gone,
                                          stderr=subprocess.PIPE, preexec_fn=handler,
                                          restore_signals=not ignored)
            self.assertEqual(result.returncode, 2 if ignored else -signal.SIGPIPE)

    def start(self, *arguments, **options):
        process = subprocess.Popen([PROGRAM, *map(str, arguments)], **options)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def test_no_progress_without_a_terminal(self):
        pipe = subprocess.PIPE
        process = self.start(self.config, stdin=pipe, stdout=pipe, stderr=pipe)
        for line in (lines(event("@bob:x")), lines(b"{"), lines(event("@bob:x"))):
            process.stdin.write(line)
            process.stdin.flush()
            time.sleep(0.3)
        _, errors = process.communicate(timeout=TIMEOUT)
        self.assertTrue(errors.startswith(b"<stdin>:2: "), errors)
        self.assertEqual(errors.count(b"\n"), 1)
        self.assertNotIn(b"\r", errors)

    def test_progress_counts_lines_of_a_stream_and_is_gone_at_the_end(self):
        with Terminal(self) as terminal:
            process = self.start(self.config, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                 stderr=terminal.slave)
            deadline = time.monotonic() + TIMEOUT
            while b"routing" not in terminal.written and time.monotonic() < deadline:
                process.stdin.write(lines(event("@bob:x")))
                process.stdin.flush()
                time.sleep(0.05)
            process.stdin.write(lines(b"{", event("@bob:x")))
            output, _ = process.communicate(timeout=TIMEOUT)
        shown, seen = terminal.screen()
        self.assertEqual(len(output.splitlines()), 2)
        self.assertTrue(any(re.fullmatch(r"routing \d+ lines", line) for line in seen), seen)
        self.assertRegex(shown[0], r"^<stdin>:\d+: is not JSON")
        self.assertEqual(shown[1:], [""])

    def test_progress_tells_how_much_of_a_file_is_read(self):
        updates = self.file("long.jsonl", lines(event("@nobody:x")) * 400_000)
        with Terminal(self) as terminal:
            process = self.start(self.config, updates, stdout=subprocess.DEVNULL, stderr=terminal.slave)
            code = process.wait(timeout=TIMEOUT)
        shown, seen = terminal.screen()
        self.assertEqual((code, shown), (0, [""]))
        self.assertTrue(any(re.fullmatch(r"routing \[#*\.*\] \d+ %, \d+ lines", line) for line in seen), seen)

    def test_no_progress_on_a_terminal_for_short_input(self):
        updates = self.file("short.jsonl", lines(event("@bob:x")))
        with Terminal(self) as terminal:
            self.run_program(self.config, updates, capture_output=False, stdout=subprocess.DEVNULL,
                             stderr=terminal.slave)
        self.assertEqual(terminal.written, b"")


class Terminal:
    """A pseudo-terminal, read all the time, since a program waits when a terminal's buffer is full."""

    def __init__(self, case):
        try:
            self.master, self.slave = os.openpty()
        except OSError as error:
            case.skipTest(f"no pseudo-terminal: {error}")
        self.written = b""
        self.reader = threading.Thread(target=self.read)

    def __enter__(self):
        self.reader.start()
        return self

    def __exit__(self, *_):
        os.close(self.slave)
        self.reader.join(TIMEOUT)
        os.close(self.master)

    def read(self):
        with contextlib.suppress(OSError):  # which is how Linux tells that the other side is closed
            while piece := os.read(self.master, 65536):
                self.written += piece

    def screen(self):
        """The lines that are left in the end, and all that a line ever looked like."""
        left, seen = [], set()
        for text in self.written.decode().replace("\r\n", "\n").split("\n"):
            cells = ""
            for part in text.split("\r"):
                cells = part + cells[len(part):]
                seen.add(cells.rstrip())
            left.append(cells.rstrip())
        return left, seen


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(sys.argv[1])
    SAMPLES = pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
