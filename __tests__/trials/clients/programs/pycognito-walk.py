"""The walk with pycognito. It finds the local cloud by AWS_ENDPOINT_URL, and the keys of the pool by COGNITO_JWKS."""

import os

from pycognito import Cognito
from pycognito.exceptions import SoftwareTokenMFAChallengeException
from walk import CHANGED, NAME, PASSWORD, RESET, app_code, mailed_code, read, step, wrong_code


def person():
    """A new object, as a program makes one for each person. Its tokens are verified whenever it gets some."""
    return Cognito(os.environ["WALK_POOL"], os.environ["WALK_CLIENT"], username=NAME)


def sign_in(password):
    somebody = person()
    somebody.authenticate(password=password)
    return somebody


def asked_for_code():
    """Signs in, which stops with the question for the code of the app."""
    somebody = person()
    try:
        somebody.authenticate(password=RESET)
    except SoftwareTokenMFAChallengeException as asked:
        return somebody, asked.get_tokens()
    raise AssertionError("It asked for no code.")


def sign_in_with(code):
    somebody, _ = asked_for_code()
    somebody.respond_to_software_token_mfa_challenge(code)
    return somebody


new = person()
new.set_base_attributes(email=NAME)
step("sign up", lambda: new.register(NAME, PASSWORD))
step("sign in before the code was typed", lambda: sign_in(PASSWORD))
step("confirm with a wrong code", lambda: person().confirm_sign_up("000000"))
step("confirm with the mailed code", lambda: person().confirm_sign_up(mailed_code()))
step("sign in with a wrong password", lambda: sign_in("no"))
# pycognito sends a password only as an administrator, with the keys of AWS_ACCESS_KEY_ID.
step("sign in with the password", lambda: person().admin_authenticate(PASSWORD))
jo = step("sign in with SRP", lambda: sign_in(PASSWORD))
step("refresh", jo.renew_access_token)
# pycognito makes a boolean of it.
read("read whether the address is verified", lambda: str(jo.get_user().email_verified).lower())


def change_name():
    jo.update_profile({"name": "Jo"})
    return jo.get_user().name


read("change the name and read it", change_name)
step("change the password", lambda: jo.change_password(PASSWORD, CHANGED))
step("sign in with the old password", lambda: sign_in(PASSWORD))
step("forget the password", lambda: person().initiate_forgot_password())
step("reset it with a wrong code", lambda: person().confirm_forgot_password("000000", RESET))
step("reset it with the mailed code", lambda: person().confirm_forgot_password(mailed_code(), RESET))


def set_up_app():
    somebody = sign_in(RESET)
    secret = somebody.associate_software_token()
    code = app_code(secret)
    assert somebody.verify_software_token(code)
    somebody.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")
    return secret, code


secret, first_code = step("set up an authenticator app", set_up_app)
jo, challenge = asked_for_code()
read("sign in, and be asked for its code", lambda: challenge["ChallengeName"])
step("type the code that set it up", lambda: jo.respond_to_software_token_mfa_challenge(first_code))
step("type a wrong code", lambda: jo.respond_to_software_token_mfa_challenge(wrong_code(secret)))
second_code = app_code(secret)
step("type a new code", lambda: jo.respond_to_software_token_mfa_challenge(second_code))
step("sign in again, and type that code", lambda: sign_in_with(second_code))
step("use the session of the first sign-in", lambda: jo.respond_to_software_token_mfa_challenge(second_code))
access, refresh = jo.access_token, jo.refresh_token
step("sign out everywhere", jo.logout)
jo.access_token, jo.refresh_token = access, refresh
step("use the old access token", jo.get_user)
step("use the old refresh token", jo.renew_access_token)
jo = step("sign in with a newer code", lambda: sign_in_with(app_code(secret)))
step("delete the user", jo.delete_user)
step("sign in as the deleted user", lambda: sign_in(RESET))
