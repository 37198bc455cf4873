"""Runs MiniStack for `npm run local`. It listens on a socket file, and always ends when its parent ends."""

import asyncio
import os
import resource
import signal
import sys
import threading

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack.app import _build_persistence_save_dict, app
from ministack.core.persistence import save_all


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
# By itself it saves only when it ends, so a power cut would lose the deployed stacks.
signal.signal(signal.SIGUSR1, lambda *_: save_all(_build_persistence_save_dict()))

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
asyncio.run(serve(app, config))
