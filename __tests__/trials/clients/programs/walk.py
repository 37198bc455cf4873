"""What the Python clients share: who walks, and how a step is printed."""

import json
import os
import urllib.parse
import urllib.request

NAME = os.environ["WALK_NAME"]
PASSWORD, CHANGED, RESET = "first password of the walk", "second password of the walk", "third password of the walk"


def _ask(path, **parameters):
    query = urllib.parse.urlencode(parameters)
    with urllib.request.urlopen(f"{os.environ['WALK_PERSON']}/{path}?{query}") as answer:
        return answer.read().decode()


def mailed_code():
    """The code of the next mail."""
    return _ask("mail", to=NAME)


def app_code(secret):
    """A code of the authenticator app that was not used yet."""
    return _ask("app", secret=secret)


def wrong_code(secret):
    """A code that the app does not show."""
    return _ask("wrong", secret=secret)


def _print(step, did, message=""):
    print(json.dumps({"step": step, "did": did, "message": message}), flush=True)


def step(name, do):
    """Does a step, and prints "ok" or the name of its error. Returns what the step returned."""
    try:
        result = do()
    except Exception as error:  # Every error is a result here.
        code = getattr(error, "response", {}).get("Error", {}).get("Code", type(error).__name__)
        return _print(name, code, str(error))
    _print(name, "ok")
    return result


def read(name, do):
    """Does a step, and prints the value that it returned, or the name of its error."""
    try:
        _print(name, do())
    except Exception as error:
        _print(name, type(error).__name__, str(error))
