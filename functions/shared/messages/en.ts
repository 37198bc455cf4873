import type { Vocabulary } from "./words";

export const en: Vocabulary = {
  SignUp: {
    subject: "Confirm your {app} account",
    mail: [
      "Welcome to {app}. Enter this code to confirm your account:",
      "{####}",
      "Did you not sign up? Then you can ignore this message.",
    ],
    sms: "{####} is your code to confirm your {app} account. Do not share it with anyone.",
  },
  AdminCreateUser: {
    subject: "Your {app} account",
    mail: [
      "An account has been created for you at {app}.",
      "User name: {username}",
      "Temporary password:",
      "{####}",
      "You will choose a password of your own when you first sign in.",
    ],
    sms: "Your {app} account. User name: {username} Temporary password: {####}",
  },
  ResendCode: {
    subject: "Your new code for {app}",
    mail: [
      "Here is a new code to confirm your {app} account:",
      "{####}",
      "Did you not ask for it? Then you can ignore this message.",
    ],
    sms: "{####} is your new code to confirm your {app} account. Do not share it with anyone.",
  },
  ForgotPassword: {
    subject: "Choose a new password for {app}",
    mail: [
      "Enter this code to choose a new password for your {app} account:",
      "{####}",
      "Were you not expecting this message? Then there is nothing to do. Do not share the code with anyone.",
    ],
    sms: "{####} is your code to choose a new password for {app}. Do not share it with anyone.",
  },
  UpdateUserAttribute: {
    subject: "Confirm your email address for {app}",
    mail: [
      "The email address of your {app} account was changed to this one. Enter this code to confirm it:",
      "{####}",
      "Did you not change it? Then you can ignore this message.",
    ],
    sms: "{####} is your code to confirm this number for {app}. Do not share it with anyone.",
  },
  VerifyUserAttribute: {
    subject: "Confirm your email address for {app}",
    mail: [
      "Enter this code to confirm to {app} that this email address is yours:",
      "{####}",
      "Did you not ask for it? Then you can ignore this message.",
    ],
    sms: "{####} is your code to confirm this number for {app}. Do not share it with anyone.",
  },
  Authentication: {
    subject: "Your code to sign in to {app}",
    mail: [
      "Enter this code to sign in to {app}:",
      "{####}",
      "Are you not signing in? Then do not share this code with anyone.",
    ],
    sms: "{####} is your code to sign in to {app}. Do not share it with anyone.",
  },
  AccountTakeOverNotification: {
    subject: "Unusual sign-in to your {app} account",
    mail: [
      "Somebody signed in to your {app} account, or tried to, in an unusual way.",
      "Time: {time}",
      "Place: {place}",
      "IP address: {ip}",
      "Was it you? Then there is nothing to do. If it was not, change your password now.",
      "This message has no links: open {app} the way you always do.",
    ],
  },
};
