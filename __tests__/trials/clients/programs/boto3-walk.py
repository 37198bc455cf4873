"""The walk with boto3. It finds the local cloud by AWS_ENDPOINT_URL."""

import os

import boto3
from walk import CHANGED, NAME, PASSWORD, RESET, app_code, mailed_code, read, step, wrong_code

cognito = boto3.client("cognito-idp")
client = os.environ["WALK_CLIENT"]


def sign_in(password):
    return cognito.initiate_auth(
        ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": NAME, "PASSWORD": password}
    )


def tokens(answer):
    return answer["AuthenticationResult"]


def type_code(asked, code):
    answers = {"USERNAME": NAME, "SOFTWARE_TOKEN_MFA_CODE": code}
    return cognito.respond_to_auth_challenge(
        ClientId=client, ChallengeName="SOFTWARE_TOKEN_MFA", Session=asked["Session"], ChallengeResponses=answers
    )


def refresh(token):
    return cognito.initiate_auth(
        ClientId=client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": token}
    )


def attributes(token):
    found = cognito.get_user(AccessToken=token)["UserAttributes"]
    return {attribute["Name"]: attribute["Value"] for attribute in found}


def confirm(code):
    return cognito.confirm_sign_up(ClientId=client, Username=NAME, ConfirmationCode=code)


def reset(code):
    return cognito.confirm_forgot_password(ClientId=client, Username=NAME, ConfirmationCode=code, Password=RESET)


email = [{"Name": "email", "Value": NAME}]
step("sign up", lambda: cognito.sign_up(ClientId=client, Username=NAME, Password=PASSWORD, UserAttributes=email))
step("sign in before the code was typed", lambda: sign_in(PASSWORD))
step("confirm with a wrong code", lambda: confirm("000000"))
step("confirm with the mailed code", lambda: confirm(mailed_code()))
step("sign in with a wrong password", lambda: sign_in("no"))
session = tokens(step("sign in with the password", lambda: sign_in(PASSWORD)))
access = tokens(step("refresh", lambda: refresh(session["RefreshToken"])))["AccessToken"]
read("read whether the address is verified", lambda: attributes(access)["email_verified"])


def change_name():
    cognito.update_user_attributes(AccessToken=access, UserAttributes=[{"Name": "name", "Value": "Jo"}])
    return attributes(access)["name"]


read("change the name and read it", change_name)
step(
    "change the password",
    lambda: cognito.change_password(AccessToken=access, PreviousPassword=PASSWORD, ProposedPassword=CHANGED),
)
step("sign in with the old password", lambda: sign_in(PASSWORD))
step("forget the password", lambda: cognito.forgot_password(ClientId=client, Username=NAME))
step("reset it with a wrong code", lambda: reset("000000"))
step("reset it with the mailed code", lambda: reset(mailed_code()))


def set_up_app():
    token = tokens(sign_in(RESET))["AccessToken"]
    secret = cognito.associate_software_token(AccessToken=token)["SecretCode"]
    code = app_code(secret)
    cognito.verify_software_token(AccessToken=token, UserCode=code)
    cognito.set_user_mfa_preference(
        AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    return secret, code


secret, first_code = step("set up an authenticator app", set_up_app)
asked = sign_in(RESET)
read("sign in, and be asked for its code", lambda: asked["ChallengeName"])
step("type the code that set it up", lambda: type_code(asked, first_code))
step("type a wrong code", lambda: type_code(asked, wrong_code(secret)))
second_code = app_code(secret)
session = tokens(step("type a new code", lambda: type_code(asked, second_code)))
step("sign in again, and type that code", lambda: type_code(sign_in(RESET), second_code))
step("use the session of the first sign-in", lambda: type_code(asked, second_code))
step("sign out everywhere", lambda: cognito.global_sign_out(AccessToken=session["AccessToken"]))
step("use the old access token", lambda: attributes(session["AccessToken"]))
step("use the old refresh token", lambda: refresh(session["RefreshToken"]))
session = tokens(step("sign in with a newer code", lambda: type_code(sign_in(RESET), app_code(secret))))
step("delete the user", lambda: cognito.delete_user(AccessToken=session["AccessToken"]))
step("sign in as the deleted user", lambda: sign_in(RESET))
