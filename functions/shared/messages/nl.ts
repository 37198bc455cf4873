import type { Vocabulary } from "./words";

export const nl: Vocabulary = {
  SignUp: {
    subject: "Bevestig je account bij {app}",
    mail: [
      "Welkom bij {app}. Vul deze code in om je account te bevestigen:",
      "{####}",
      "Heb je geen account aangemaakt? Dan kun je dit bericht negeren.",
    ],
    sms: "{####} is de code om je account bij {app} te bevestigen. Deel deze code met niemand.",
  },
  AdminCreateUser: {
    subject: "Je account bij {app}",
    mail: [
      "Er is een account voor je aangemaakt bij {app}.",
      "Gebruikersnaam: {username}",
      "Tijdelijk wachtwoord:",
      "{####}",
      "Als je voor het eerst inlogt, kies je een eigen wachtwoord.",
    ],
    sms: "Je account bij {app}. Gebruikersnaam: {username} Wachtwoord: {####}",
  },
  ResendCode: {
    subject: "Je nieuwe code voor {app}",
    mail: [
      "Hier is een nieuwe code om je account bij {app} te bevestigen:",
      "{####}",
      "Heb je hier niet om gevraagd? Dan kun je dit bericht negeren.",
    ],
    sms: "{####} is de nieuwe code om je account bij {app} te bevestigen. Deel deze code met niemand.",
  },
  ForgotPassword: {
    subject: "Kies een nieuw wachtwoord voor {app}",
    mail: [
      "Vul deze code in om een nieuw wachtwoord te kiezen voor je account bij {app}:",
      "{####}",
      "Verwachtte je dit bericht niet? Dan hoef je niets te doen. Deel de code met niemand.",
    ],
    sms: "{####} is de code om een nieuw wachtwoord te kiezen voor {app}. Deel deze code met niemand.",
  },
  UpdateUserAttribute: {
    subject: "Bevestig je e-mailadres bij {app}",
    mail: [
      "Het e-mailadres van je account bij {app} is gewijzigd in dit adres. Vul deze code in om het te bevestigen:",
      "{####}",
      "Heb jij dit niet gedaan? Dan kun je dit bericht negeren.",
    ],
    sms: "{####} is de code om dit nummer te bevestigen bij {app}. Deel deze code met niemand.",
  },
  VerifyUserAttribute: {
    subject: "Bevestig je e-mailadres bij {app}",
    mail: [
      "Vul deze code in om bij {app} te bevestigen dat dit e-mailadres van jou is:",
      "{####}",
      "Heb je hier niet om gevraagd? Dan kun je dit bericht negeren.",
    ],
    sms: "{####} is de code om dit nummer te bevestigen bij {app}. Deel deze code met niemand.",
  },
  Authentication: {
    subject: "Je code om in te loggen bij {app}",
    mail: [
      "Vul deze code in om in te loggen bij {app}:",
      "{####}",
      "Ben je niet aan het inloggen? Deel deze code dan met niemand.",
    ],
    sms: "{####} is de code om in te loggen bij {app}. Deel deze code met niemand.",
  },
  AccountTakeOverNotification: {
    subject: "Ongewone inlogpoging bij je account bij {app}",
    mail: [
      "Iemand heeft op een ongewone manier ingelogd bij je account bij {app}, of dat geprobeerd.",
      "Tijd: {time}",
      "Plaats: {place}",
      "IP-adres: {ip}",
      "Was jij dit? Dan hoef je niets te doen. Zo niet, wijzig dan nu je wachtwoord.",
      "In dit bericht staan geen links: open {app} zoals je dat altijd doet.",
    ],
  },
};
