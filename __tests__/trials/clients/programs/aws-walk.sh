#!/usr/bin/env bash
# The walk with the AWS command line, version 1. It finds the local cloud by AWS_ENDPOINT_URL.
set -uo pipefail

password="first password of the walk"
changed="second password of the walk"
reset="third password of the walk"

cognito() { aws cognito-idp "$@" --output text; }

# What the person does: `ask mail to=...`, `ask app secret=...`.
ask() { curl --silent --get --data-urlencode "$2" "$WALK_PERSON/$1"; }

print() { printf '{"step": "%s", "did": "%s"}\n' "$1" "$2"; }

# Does a step, and prints "ok" or the name of its error. What the step printed is in $got.
step() {
  local name=$1 errors
  shift
  errors=$(mktemp)
  if got=$("$@" 2>"$errors"); then
    print "$name" ok
  else
    print "$name" "$(sed -n 's/.*An error occurred (\([A-Za-z]*\)).*/\1/p' "$errors")"
    cat "$errors" >&2
  fi
  rm "$errors"
}

# Does a step, and prints the value that it gave.
read_value() {
  local name=$1
  shift
  print "$name" "$("$@")"
}

sign_up() {
  cognito sign-up --client-id "$WALK_CLIENT" --username "$WALK_NAME" --password "$password" \
    --user-attributes "Name=email,Value=$WALK_NAME"
}
confirm() { cognito confirm-sign-up --client-id "$WALK_CLIENT" --username "$WALK_NAME" --confirmation-code "$1"; }
initiate() { cognito initiate-auth --client-id "$WALK_CLIENT" --auth-flow "$1" --auth-parameters "$2" --query "$3"; }
sign_in() { initiate USER_PASSWORD_AUTH "USERNAME=$WALK_NAME,PASSWORD=$1" "$tokens"; }
refresh() { initiate REFRESH_TOKEN_AUTH "REFRESH_TOKEN=$1" AuthenticationResult.AccessToken; }
be_asked() { initiate USER_PASSWORD_AUTH "USERNAME=$WALK_NAME,PASSWORD=$reset" "[ChallengeName, Session]"; }
type_code() {
  cognito respond-to-auth-challenge --client-id "$WALK_CLIENT" --challenge-name SOFTWARE_TOKEN_MFA --session "$1" \
    --challenge-responses "USERNAME=$WALK_NAME,SOFTWARE_TOKEN_MFA_CODE=$2" --query "$tokens"
}
attribute() { cognito get-user --access-token "$1" --query "UserAttributes[?Name=='$2'].Value"; }
change_name() {
  cognito update-user-attributes --access-token "$1" --user-attributes Name=name,Value=Jo && attribute "$1" name
}
reset_with() {
  cognito confirm-forgot-password --client-id "$WALK_CLIENT" --username "$WALK_NAME" --confirmation-code "$1" \
    --password "$reset"
}
verify_app() {
  cognito verify-software-token --access-token "$1" --user-code "$2" &&
    cognito set-user-mfa-preference --access-token "$1" \
      --software-token-mfa-settings Enabled=true,PreferredMfa=true
}

tokens="AuthenticationResult.[AccessToken, RefreshToken]"

step "sign up" sign_up
step "sign in before the code was typed" sign_in "$password"
step "confirm with a wrong code" confirm 000000
step "confirm with the mailed code" confirm "$(ask mail to="$WALK_NAME")"
step "sign in with a wrong password" sign_in no
step "sign in with the password" sign_in "$password"
read -r access refresh_token <<<"$got"
step refresh refresh "$refresh_token"
read_value "read whether the address is verified" attribute "$got" email_verified
read_value "change the name and read it" change_name "$got"
step "change the password" cognito change-password --access-token "$access" \
  --previous-password "$password" --proposed-password "$changed"
step "sign in with the old password" sign_in "$password"
step "forget the password" cognito forgot-password --client-id "$WALK_CLIENT" --username "$WALK_NAME"
step "reset it with a wrong code" reset_with 000000
step "reset it with the mailed code" reset_with "$(ask mail to="$WALK_NAME")"

read -r access _ <<<"$(sign_in "$reset")"
secret=$(cognito associate-software-token --access-token "$access" --query SecretCode)
first_code=$(ask app secret="$secret")
step "set up an authenticator app" verify_app "$access" "$first_code"
read -r challenge session <<<"$(be_asked)"
print "sign in, and be asked for its code" "$challenge"
step "type the code that set it up" type_code "$session" "$first_code"
step "type a wrong code" type_code "$session" "$(ask wrong secret="$secret")"
second_code=$(ask app secret="$secret")
step "type a new code" type_code "$session" "$second_code"
read -r access refresh_token <<<"$got"
read -r _ second_session <<<"$(be_asked)"
step "sign in again, and type that code" type_code "$second_session" "$second_code"
step "use the session of the first sign-in" type_code "$session" "$second_code"
step "sign out everywhere" cognito global-sign-out --access-token "$access"
step "use the old access token" attribute "$access" email
step "use the old refresh token" refresh "$refresh_token"
read -r _ session <<<"$(be_asked)"
step "sign in with a newer code" type_code "$session" "$(ask app secret="$secret")"
read -r access _ <<<"$got"
step "delete the user" cognito delete-user --access-token "$access"
step "sign in as the deleted user" sign_in "$reset"
