# SPDX-License-Identifier: BSL-1.0
"""A real Synapse on the loopback interface, clients of it, and a remote server that only listens."""
import contextlib
import datetime
import http.server
import ipaddress
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import yaml

NAME = "synapse.test"
PASSWORD = "open sesame"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Homeserver:
    """Synapse with SQLite in `directory`, configured anew at each start."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.url = f"http://127.0.0.1:{free_port()}"
        self.log = self.directory / "homeserver.log"
        self._config = self.directory / "homeserver.yaml"
        self._process = None
        subprocess.run(
            [sys.executable, "-m", "synapse.app.homeserver", "--generate-config", "--report-stats=no",
             f"--server-name={NAME}", f"--config-path={self._config}"],
            cwd=self.directory, check=True, stdout=subprocess.DEVNULL)
        self._generated = yaml.safe_load(self._config.read_text())

    def start(self, modules):
        """Raises RuntimeError with what Synapse printed, if it ends instead of serving."""
        unlimited = {"per_second": 10_000, "burst_count": 10_000}
        (self.directory / "log.yaml").write_text(yaml.safe_dump({
            "version": 1, "disable_existing_loggers": False,
            "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
            "handlers": {"file": {"class": "logging.FileHandler", "filename": str(self.log), "formatter": "line"}},
            "root": {"level": "INFO", "handlers": ["file"]}}))
        self._config.write_text(yaml.safe_dump({
            **self._generated,
            "listeners": [{"port": int(self.url.rsplit(":", 1)[1]), "type": "http", "bind_addresses": ["127.0.0.1"],
                           "resources": [{"names": ["client"]}]}],
            "database": {"name": "sqlite3", "args": {"database": str(self.directory / "homeserver.db")}},
            "log_config": str(self.directory / "log.yaml"),
            "presence": {"enabled": True},
            "modules": modules,
            "enable_registration": True,
            "enable_registration_without_verification": True,
            "federation_verify_certificates": False,
            "ip_range_blacklist": [],
            "trusted_key_servers": [],
            "rc_registration": unlimited,
            "rc_presence": {"per_user": unlimited},
            "rc_login": {kind: unlimited for kind in ("address", "account", "failed_attempts")}}))
        with open(self.directory / "output", "w") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "synapse.app.homeserver", f"--config-path={self._config}"],
                cwd=self.directory, stdout=output, stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(pathlib.Path(__file__).parent)})
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError((self.directory / "output").read_text())
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/health", timeout=5).close()
                return
            time.sleep(0.1)
        raise RuntimeError("Synapse does not answer")

    def stop(self):
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def resident_kib(self):
        status = pathlib.Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])


class Client:
    """One user's device."""

    def __init__(self, homeserver, localpart):
        self._url = f"{homeserver.url}/_matrix/client/v3"
        self._token = None
        self._since = None
        self.user_id = f"@{localpart}:{NAME}"
        body = {"username": localpart, "password": PASSWORD, "auth": {"type": "m.login.dummy"}}
        try:
            answer = self._request("POST", "/register", body)
        except urllib.error.HTTPError:  # registered in an earlier run of the server
            answer = self._request("POST", "/login", {
                "type": "m.login.password", "password": PASSWORD,
                "identifier": {"type": "m.id.user", "user": localpart}})
        self._token = answer["access_token"]

    def set_status(self, text):
        self._request("PUT", f"/presence/{urllib.parse.quote(self.user_id)}/status",
                      {"presence": "online", "status_msg": text})

    def sync(self, timeout=0):
        """The presence events since the last sync, without being seen as online for it."""
        query = {"timeout": timeout, "set_presence": "offline", **({"since": self._since} if self._since else {})}
        answer = self._request("GET", f"/sync?{urllib.parse.urlencode(query)}")
        self._since = answer["next_batch"]
        return answer.get("presence", {}).get("events", [])

    def statuses_of(self, subject, seconds):
        """The status texts of the subject that come within the time, and ends with the first."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [event["content"].get("status_msg") for event in self.sync(timeout=500)
                     if event["sender"] == subject.user_id]
            if found:
                return found
        return []

    def _request(self, method, path, body=None):
        request = urllib.request.Request(
            self._url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json",
                     **({"Authorization": f"Bearer {self._token}"} if self._token else {})})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


class RemoteServer:
    """Takes transactions of other servers, and keeps their EDUs."""

    def __init__(self, directory):
        self.edus = []
        edus = self.edus

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_PUT(self):
                transaction = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                edus.extend(transaction.get("edus", []))
                self._answer({"pdus": {}})

            def do_GET(self):
                self._answer({})

            def _answer(self, value):
                body = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self._certificate(pathlib.Path(directory)))
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.name = "127.0.0.1:%d" % self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def statuses(self):
        return [(update["user_id"], update.get("status_msg"))
                for edu in self.edus if edu["edu_type"] == "m.presence" for update in edu["content"]["push"]]

    @staticmethod
    def _certificate(directory):
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "remote")])
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .sign(key, hashes.SHA256()))
        pem = serialization.Encoding.PEM
        (directory / "remote.crt").write_bytes(certificate.public_bytes(pem))
        (directory / "remote.key").write_bytes(key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        return directory / "remote.crt", directory / "remote.key"
