// The walk with the AWS SDK for Go. It finds the local cloud by BaseEndpoint.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	cognito "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
	"github.com/aws/smithy-go"
)

const (
	password = "first password of the walk"
	changed  = "second password of the walk"
	reset    = "third password of the walk"
)

var (
	ctx      = context.Background()
	name     = os.Getenv("WALK_NAME")
	clientID = aws.String(os.Getenv("WALK_CLIENT"))
	client   = cognito.New(cognito.Options{
		Region:       os.Getenv("AWS_REGION"),
		BaseEndpoint: aws.String(os.Getenv("AWS_ENDPOINT_URL")),
	})
)

// person asks for what a person does: read a mail, or a code of the authenticator app.
func person(path, key, value string) string {
	answer, err := http.Get(os.Getenv("WALK_PERSON") + "/" + path + "?" + url.Values{key: {value}}.Encode())
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func mailedCode() string { return person("mail", "to", name) }

// outcome is the name of an error, or "ok".
func outcome(err error) string {
	var refused smithy.APIError
	if errors.As(err, &refused) {
		return refused.ErrorCode()
	}
	if err != nil {
		return err.Error()
	}
	return "ok"
}

// report prints a step.
func report(step, did string, err error) {
	line := map[string]string{"step": step, "did": did}
	if err != nil {
		line["message"] = err.Error()
	}
	text, _ := json.Marshal(line)
	os.Stdout.Write(append(text, '\n'))
}

// step prints what came of a call, and hands on what it returned.
func step[T any](what string, result T, err error) T {
	report(what, outcome(err), err)
	return result
}

func signIn(password string) (*cognito.InitiateAuthOutput, error) {
	return client.InitiateAuth(ctx, &cognito.InitiateAuthInput{
		ClientId:       clientID,
		AuthFlow:       types.AuthFlowTypeUserPasswordAuth,
		AuthParameters: map[string]string{"USERNAME": name, "PASSWORD": password},
	})
}

func refresh(token *string) (*cognito.GetTokensFromRefreshTokenOutput, error) {
	return client.GetTokensFromRefreshToken(ctx, &cognito.GetTokensFromRefreshTokenInput{
		ClientId: clientID, RefreshToken: token,
	})
}

func confirm(code string) (*cognito.ConfirmSignUpOutput, error) {
	return client.ConfirmSignUp(ctx, &cognito.ConfirmSignUpInput{
		ClientId: clientID, Username: &name, ConfirmationCode: &code,
	})
}

func resetWith(code string) (*cognito.ConfirmForgotPasswordOutput, error) {
	return client.ConfirmForgotPassword(ctx, &cognito.ConfirmForgotPasswordInput{
		ClientId: clientID, Username: &name, ConfirmationCode: &code, Password: aws.String(reset),
	})
}

func typeCode(session *string, code string) (*cognito.RespondToAuthChallengeOutput, error) {
	return client.RespondToAuthChallenge(ctx, &cognito.RespondToAuthChallengeInput{
		ClientId:           clientID,
		ChallengeName:      types.ChallengeNameTypeSoftwareTokenMfa,
		Session:            session,
		ChallengeResponses: map[string]string{"USERNAME": name, "SOFTWARE_TOKEN_MFA_CODE": code},
	})
}

// attribute is the value of one attribute, or the name of the error.
func attribute(token *string, wanted string) (string, error) {
	user, err := client.GetUser(ctx, &cognito.GetUserInput{AccessToken: token})
	if err != nil {
		return outcome(err), err
	}
	for _, found := range user.UserAttributes {
		if *found.Name == wanted {
			return *found.Value, nil
		}
	}
	return "none", nil
}

func changeName(token *string) (string, error) {
	_, err := client.UpdateUserAttributes(ctx, &cognito.UpdateUserAttributesInput{
		AccessToken:    token,
		UserAttributes: []types.AttributeType{{Name: aws.String("name"), Value: aws.String("Jo")}},
	})
	if err != nil {
		return outcome(err), err
	}
	return attribute(token, "name")
}

// setUpApp gives the secret, and the code that was used for it.
func setUpApp() (secret, code string, err error) {
	signedIn, err := signIn(reset)
	if err != nil {
		return "", "", err
	}
	token := signedIn.AuthenticationResult.AccessToken
	shown, err := client.AssociateSoftwareToken(ctx, &cognito.AssociateSoftwareTokenInput{AccessToken: token})
	if err != nil {
		return "", "", err
	}
	secret = *shown.SecretCode
	code = person("app", "secret", secret)
	verify := &cognito.VerifySoftwareTokenInput{AccessToken: token, UserCode: &code}
	if _, err = client.VerifySoftwareToken(ctx, verify); err != nil {
		return "", "", err
	}
	_, err = client.SetUserMFAPreference(ctx, &cognito.SetUserMFAPreferenceInput{
		AccessToken:              token,
		SoftwareTokenMfaSettings: &types.SoftwareTokenMfaSettingsType{Enabled: true, PreferredMfa: true},
	})
	return secret, code, err
}

func signUpAndSignIn() *types.AuthenticationResultType {
	signedUp, err := client.SignUp(ctx, &cognito.SignUpInput{
		ClientId: clientID, Username: &name, Password: aws.String(password),
		UserAttributes: []types.AttributeType{{Name: aws.String("email"), Value: &name}},
	})
	step("sign up", signedUp, err)
	early, err := signIn(password)
	step("sign in before the code was typed", early, err)
	confirmed, err := confirm("000000")
	step("confirm with a wrong code", confirmed, err)
	confirmed, err = confirm(mailedCode())
	step("confirm with the mailed code", confirmed, err)
	wrong, err := signIn("no")
	step("sign in with a wrong password", wrong, err)
	signedIn, err := signIn(password)
	session := step("sign in with the password", signedIn, err).AuthenticationResult
	refreshed, err := refresh(session.RefreshToken)
	return step("refresh", refreshed, err).AuthenticationResult
}

func changeThings(token *string) {
	value, err := attribute(token, "email_verified")
	report("read whether the address is verified", value, err)
	value, err = changeName(token)
	report("change the name and read it", value, err)
	change, err := client.ChangePassword(ctx, &cognito.ChangePasswordInput{
		AccessToken: token, PreviousPassword: aws.String(password), ProposedPassword: aws.String(changed),
	})
	step("change the password", change, err)
	old, err := signIn(password)
	step("sign in with the old password", old, err)
	forgot, err := client.ForgotPassword(ctx, &cognito.ForgotPasswordInput{ClientId: clientID, Username: &name})
	step("forget the password", forgot, err)
	done, err := resetWith("000000")
	step("reset it with a wrong code", done, err)
	done, err = resetWith(mailedCode())
	step("reset it with the mailed code", done, err)
}

// signInWith signs in with a code of the app.
func signInWith(code string) (*cognito.RespondToAuthChallengeOutput, error) {
	asked, err := signIn(reset)
	if err != nil {
		return nil, err
	}
	return typeCode(asked.Session, code)
}

// signInWithApp gives the tokens, and the secret of the app.
func signInWithApp() (session *types.AuthenticationResultType, secret string) {
	secret, first, err := setUpApp()
	step("set up an authenticator app", secret, err)
	asked, err := signIn(reset)
	report("sign in, and be asked for its code", string(asked.ChallengeName), err)
	typed, err := typeCode(asked.Session, first)
	step("type the code that set it up", typed, err)
	typed, err = typeCode(asked.Session, person("wrong", "secret", secret))
	step("type a wrong code", typed, err)
	second := person("app", "secret", secret)
	typed, err = typeCode(asked.Session, second)
	session = step("type a new code", typed, err).AuthenticationResult
	typed, err = signInWith(second)
	step("sign in again, and type that code", typed, err)
	typed, err = typeCode(asked.Session, second)
	step("use the session of the first sign-in", typed, err)
	return session, secret
}

func main() {
	changeThings(signUpAndSignIn().AccessToken)
	session, secret := signInWithApp()
	out, err := client.GlobalSignOut(ctx, &cognito.GlobalSignOutInput{AccessToken: session.AccessToken})
	step("sign out everywhere", out, err)
	value, err := attribute(session.AccessToken, "email")
	report("use the old access token", value, err)
	refreshed, err := refresh(session.RefreshToken)
	step("use the old refresh token", refreshed, err)
	typed, err := signInWith(person("app", "secret", secret))
	session = step("sign in with a newer code", typed, err).AuthenticationResult
	deleted, err := client.DeleteUser(ctx, &cognito.DeleteUserInput{AccessToken: session.AccessToken})
	step("delete the user", deleted, err)
	gone, err := signIn(reset)
	step("sign in as the deleted user", gone, err)
}
