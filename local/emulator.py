"""Runs MiniStack for `npm run local`. It listens on a socket file, and always ends when its parent ends."""

import asyncio
import os
import resource
import signal
import sys
import threading
import time

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack.app import _build_persistence_save_dict, app
from ministack.core.persistence import STATE_DIR, save_all


def end_with_parent():
    # Nothing is ever written to standard input: reading returns when the parent closes it or has ended.
    sys.stdin.buffer.read()
    if end_deployment() == "deploy":
        # It may have made resources that are in no Terraform state, and every later deployment would fail at them.
        # Without saving, they are gone. What is in the state but missing, the next deployment makes again.
        os._exit(1)
    os.kill(os.getpid(), signal.SIGTERM)


def end_deployment():
    """Kills the deployment of the parent, if one runs. Returns "deploy", "destroy" or None."""
    try:
        with open("deployment") as file:
            verb, group = file.read().split()
        os.killpg(int(group), signal.SIGKILL)
        return verb
    except FileNotFoundError:
        return None
    except ProcessLookupError:
        return verb


threading.Thread(target=end_with_parent, daemon=True).start()


class Saver:
    """Writes DynamoDB's tables to disk before a change of them is answered. By itself the emulator saves when it ends."""

    # Where saving takes longer than this, in seconds, answers no longer wait for it.
    PATIENCE = 1
    CHANGES = ("Put", "Update", "Delete", "BatchWrite", "TransactWrite", "Create", "Execute", "BatchExecute")

    def __init__(self, inner):
        self.inner = inner
        # Not while a deployment runs: one that is cut off goes back to where it was before, with all that it made.
        self.deployed = False
        self.took = 0
        self.asked = 0
        self.saved = 0
        self.wake = threading.Condition()
        threading.Thread(target=self.work, daemon=True).start()

    def save_everything(self, *_):
        save_all(_build_persistence_save_dict())
        self.deployed = True

    async def __call__(self, scope, receive, send):
        if not self.deployed or not self.changes(scope):
            return await self.inner(scope, receive, send)

        async def saved_first(message):
            if message["type"] == "http.response.start" and message["status"] < 400:
                await self.save()
            await send(message)

        await self.inner(scope, receive, saved_first)

    def changes(self, scope):
        headers = dict(scope.get("headers") or [])
        service, _, operation = headers.get(b"x-amz-target", b"").decode("latin-1").partition(".")
        return service == "DynamoDB_20120810" and operation.startswith(self.CHANGES)

    async def save(self):
        with self.wake:
            self.asked += 1
            mine = self.asked
            self.wake.notify()
        while self.saved < mine and self.took < self.PATIENCE:
            await asyncio.sleep(0.002)

    def work(self):
        while True:
            with self.wake:
                while self.asked == self.saved:
                    self.wake.wait()
                upto = self.asked
            since = time.monotonic()
            written = any(self.write_tables() for _ in range(5))
            self.saved = upto
            self.took = time.monotonic() - since if written else self.PATIENCE
            # Large tables are written for a tenth of the time at most.
            time.sleep(self.took * 9 if self.took >= self.PATIENCE else 0)

    @staticmethod
    def write_tables():
        """Whether they were written: not where a table changed at that moment, and on a full disk."""
        file = os.path.join(STATE_DIR, "dynamodb.json")
        number = os.stat(file).st_mtime_ns if os.path.exists(file) else 0
        tables = _build_persistence_save_dict().get("dynamodb")
        if tables:
            save_all({"dynamodb": tables})
        return not tables or (os.path.exists(file) and os.stat(file).st_mtime_ns != number)


saver = Saver(app)
signal.signal(signal.SIGUSR1, saver.save_everything)

# The usual limit of open files is too low when many people sign in at once.
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
# Every page in a browser, and every user of this machine, could call a port.
config = Config()
config.bind = [f"unix:{os.environ['SOCKET']}"]
config.umask = 0o077
config.backlog = 256
config.keep_alive_timeout = 75
config.loglevel = os.environ["LOG_LEVEL"]
asyncio.run(serve(saver, config))
