import type { Vocabulary } from "./words";

// The text messages say "clave" and "entrar": "código" and "sesión" hold a letter that GSM 03.38 has not.
export const es: Vocabulary = {
  SignUp: {
    subject: "Confirma tu cuenta de {app}",
    mail: [
      "Te damos la bienvenida a {app}. Introduce este código para confirmar tu cuenta:",
      "{####}",
      "¿No te has registrado? Entonces puedes ignorar este mensaje.",
    ],
    sms: "{####} es tu clave para confirmar tu cuenta de {app}. No la compartas con nadie.",
  },
  AdminCreateUser: {
    subject: "Tu cuenta de {app}",
    mail: [
      "Se ha creado para ti una cuenta de {app}.",
      "Nombre de usuario: {username}",
      "Contraseña temporal:",
      "{####}",
      "La primera vez que inicies sesión elegirás tu propia contraseña.",
    ],
    sms: "Tu cuenta de {app}. Usuario: {username} Contraseña temporal: {####}",
  },
  ResendCode: {
    subject: "Tu nuevo código de {app}",
    mail: [
      "Aquí tienes un nuevo código para confirmar tu cuenta de {app}:",
      "{####}",
      "¿No lo has pedido? Entonces puedes ignorar este mensaje.",
    ],
    sms: "{####} es tu nueva clave para confirmar tu cuenta de {app}. No la compartas con nadie.",
  },
  ForgotPassword: {
    subject: "Elige una nueva contraseña de {app}",
    mail: [
      "Introduce este código para elegir una nueva contraseña de tu cuenta de {app}:",
      "{####}",
      "¿No esperabas este mensaje? Entonces no tienes que hacer nada. No compartas el código con nadie.",
    ],
    sms: "{####} es tu clave para elegir una nueva contraseña de {app}. No la compartas con nadie.",
  },
  UpdateUserAttribute: {
    subject: "Confirma tu correo electrónico en {app}",
    mail: [
      "El correo electrónico de tu cuenta de {app} ha cambiado a esta dirección. Introduce este código para confirmarla:",
      "{####}",
      "¿No has sido tú? Entonces puedes ignorar este mensaje.",
    ],
    sms: "{####} es tu clave para confirmar este teléfono en {app}. No la compartas con nadie.",
  },
  VerifyUserAttribute: {
    subject: "Confirma tu correo electrónico en {app}",
    mail: [
      "Introduce este código para confirmar en {app} que esta dirección de correo es tuya:",
      "{####}",
      "¿No lo has pedido? Entonces puedes ignorar este mensaje.",
    ],
    sms: "{####} es tu clave para confirmar este teléfono en {app}. No la compartas con nadie.",
  },
  Authentication: {
    subject: "Tu código para iniciar sesión en {app}",
    mail: [
      "Introduce este código para iniciar sesión en {app}:",
      "{####}",
      "¿No estás iniciando sesión? Entonces no compartas este código con nadie.",
    ],
    sms: "{####} es tu clave para entrar en {app}. No la compartas con nadie.",
  },
  AccountTakeOverNotification: {
    subject: "Acceso poco habitual a tu cuenta de {app}",
    mail: [
      "Alguien ha accedido a tu cuenta de {app} de una forma poco habitual, o lo ha intentado.",
      "Hora: {time}",
      "Lugar: {place}",
      "Dirección IP: {ip}",
      "¿Has sido tú? Entonces no tienes que hacer nada. Si no, cambia ahora tu contraseña.",
      "Este mensaje no contiene enlaces: abre {app} como lo haces siempre.",
    ],
  },
};
