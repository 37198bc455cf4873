"""MiniStack as a child of `npm run local`: on a socket file of its own, and it ends when its parent does, whatever ended that."""

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
    # Nothing is ever written to it: reading comes back when the parent closes it or is gone.
    sys.stdin.buffer.read()
    if cut_off() == "deploy":
        # It may have made things that are in no Terraform state, and would be in its way for ever. Unsaved, they are
        # forgotten; what the state names beyond that, the next deployment makes again.
        os._exit(1)
    os.kill(os.getpid(), signal.SIGTERM)


def cut_off():
    """Ends the deployment that the parent has left, and says whether it was a deploy or a destroy."""
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
# By itself it saves when it ends, and would forget the deployed stacks in a power cut.
signal.signal(signal.SIGUSR1, lambda *_: save_all(_build_persistence_save_dict()))

# The usual limit is soon reached when many people sign in at once.
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
# A port could be called by every page in a browser, and by every user of this machine.
config = Config()
config.bind = [f"unix:{os.environ['SOCKET']}"]
config.umask = 0o077
config.backlog = 256
config.keep_alive_timeout = 75
config.loglevel = os.environ["LOG_LEVEL"]
asyncio.run(serve(app, config))
