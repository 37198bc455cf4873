import type { Vocabulary } from "./words";

export const de: Vocabulary = {
  SignUp: {
    subject: "Bestätigen Sie Ihr Konto bei {app}",
    mail: [
      "Willkommen bei {app}. Geben Sie diesen Code ein, um Ihr Konto zu bestätigen:",
      "{####}",
      "Haben Sie sich nicht registriert? Dann können Sie diese Nachricht ignorieren.",
    ],
    sms: "{####} ist Ihr Code, um Ihr Konto bei {app} zu bestätigen. Geben Sie ihn nicht weiter.",
  },
  AdminCreateUser: {
    subject: "Ihr Konto bei {app}",
    mail: [
      "Für Sie wurde ein Konto bei {app} angelegt.",
      "Benutzername: {username}",
      "Vorläufiges Passwort:",
      "{####}",
      "Bei der ersten Anmeldung wählen Sie ein eigenes Passwort.",
    ],
    sms: "Ihr Konto bei {app}. Benutzername: {username} Passwort: {####}",
  },
  ResendCode: {
    subject: "Ihr neuer Code für {app}",
    mail: [
      "Hier ist ein neuer Code, um Ihr Konto bei {app} zu bestätigen:",
      "{####}",
      "Haben Sie das nicht angefordert? Dann können Sie diese Nachricht ignorieren.",
    ],
    sms: "{####} ist Ihr neuer Code, um Ihr Konto bei {app} zu bestätigen. Geben Sie ihn nicht weiter.",
  },
  ForgotPassword: {
    subject: "Neues Passwort für {app}",
    mail: [
      "Geben Sie diesen Code ein, um ein neues Passwort für Ihr Konto bei {app} zu wählen:",
      "{####}",
      "Haben Sie diese Nachricht nicht erwartet? Dann müssen Sie nichts tun. Geben Sie den Code an niemanden weiter.",
    ],
    sms: "{####} ist Ihr Code für ein neues Passwort bei {app}. Geben Sie ihn nicht weiter.",
  },
  UpdateUserAttribute: {
    subject: "Bestätigen Sie Ihre E-Mail-Adresse bei {app}",
    mail: [
      "Die E-Mail-Adresse Ihres Kontos bei {app} wurde in diese geändert. Geben Sie diesen Code ein, um sie zu bestätigen:",
      "{####}",
      "Waren Sie das nicht? Dann können Sie diese Nachricht ignorieren.",
    ],
    sms: "{####} ist Ihr Code, um diese Nummer bei {app} zu bestätigen. Geben Sie ihn nicht weiter.",
  },
  VerifyUserAttribute: {
    subject: "Bestätigen Sie Ihre E-Mail-Adresse bei {app}",
    mail: [
      "Geben Sie diesen Code ein, um bei {app} zu bestätigen, dass diese E-Mail-Adresse Ihnen gehört:",
      "{####}",
      "Haben Sie das nicht angefordert? Dann können Sie diese Nachricht ignorieren.",
    ],
    sms: "{####} ist Ihr Code, um diese Nummer bei {app} zu bestätigen. Geben Sie ihn nicht weiter.",
  },
  Authentication: {
    subject: "Ihr Anmeldecode für {app}",
    mail: [
      "Geben Sie diesen Code ein, um sich bei {app} anzumelden:",
      "{####}",
      "Melden Sie sich gerade nicht an? Dann geben Sie den Code an niemanden weiter.",
    ],
    sms: "{####} ist Ihr Anmeldecode für {app}. Geben Sie ihn nicht weiter.",
  },
  AccountTakeOverNotification: {
    subject: "Ungewöhnliche Anmeldung bei Ihrem Konto bei {app}",
    mail: [
      "Jemand hat sich auf ungewöhnliche Weise bei Ihrem Konto bei {app} angemeldet oder es versucht.",
      "Zeit: {time}",
      "Ort: {place}",
      "IP-Adresse: {ip}",
      "Waren Sie das? Dann müssen Sie nichts tun. Wenn nicht, ändern Sie jetzt Ihr Passwort.",
      "Diese Nachricht enthält keine Links: Öffnen Sie {app} so, wie Sie es immer tun.",
    ],
  },
};
