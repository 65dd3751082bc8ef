import { byFactor } from '../by-factor.ts';
import { counting } from '../counting.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

const count = counting('es');

export const pages: PageTexts = {
  common: {
    continue: 'Continuar',
    cancel: 'Cancelar',
    back: 'Volver',
    signOut: 'Cerrar sesión',
    skipToContent: 'Ir al contenido',
    wait: waiting('es', {
      second: { one: '# segundo', other: '# segundos' },
      minute: { one: '# minuto', other: '# minutos' },
      hour: { one: '# hora', other: '# horas' },
    }),
  },

  challenge: {
    title: 'Confirma que eres tú',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: 'Introduce el código que muestra ahora tu aplicación de autenticación.',
          recoveryCode:
            'Introduce uno de los códigos de recuperación que guardaste. Cada uno sirve una sola vez.',
        },
        `Falta un paso para iniciar sesión en ${issuer}.`,
      ),
    code: 'Código',
    recoveryCode: 'Código de recuperación',
    willSend: (destination) => `Enviaremos un código a ${destination}.`,
    sent: (destination) => `Introduce el código que hemos enviado a ${destination}.`,
    send: 'Enviar el código',
    resend: 'Enviar un código nuevo',
    resendIn: (wait) => `Podrás pedir un código nuevo en ${wait}.`,
    resendReady: 'Ya puedes pedir un código nuevo.',
    verify: 'Confirmar',
    anotherWay: 'Usar otro método',
    useRecoveryCode: 'Usar un código de recuperación',
    wrong: (left) =>
      left === undefined
        ? 'El código no es correcto.'
        : left === 0
          ? 'El código no es correcto y se ha intentado demasiadas veces. Pide uno nuevo.'
          : `El código no es correcto. ${count(left, { one: 'Te queda # intento.', other: 'Te quedan # intentos.' })}`,
    malformed: 'Introduce el código completo.',
    gone: 'Este código ya no vale. Pide uno nuevo.',
    locked: (wait) =>
      `Se han introducido demasiados códigos incorrectos. Inténtalo de nuevo en ${wait} o usa otro método.`,
    cooling: (wait) => `Se acaba de enviar un código. Podrás pedir otro en ${wait}.`,
    limited: (wait) =>
      `Se han hecho demasiadas solicitudes. Inténtalo de nuevo en ${wait} o usa otro método.`,
    undelivered: 'No se ha podido enviar el código. Inténtalo más tarde o usa otro método.',
    noWay: 'No queda ningún método para confirmar este inicio de sesión.',
    lostEverything: 'Sin ninguno de estos métodos no puedes entrar por tu cuenta: pide ayuda.',
  },

  settings: {
    title: 'Seguridad',
    mfa: 'Verificación en dos pasos',
    on: 'Activada',
    off: 'Desactivada',
    onMeans: 'Para iniciar sesión hacen falta tu contraseña y uno de los métodos siguientes.',
    offMeans: 'Para iniciar sesión basta con tu contraseña.',
    needsFactor: 'Configura antes un método para confirmar tu inicio de sesión.',
    switchOn: 'Activar',
    switchOff: 'Desactivar',
    ways: 'Métodos para confirmar tu inicio de sesión',
    noWays: 'Todavía ninguno.',
    addWay: 'Añadir un método',
    added: (when) => `Añadido: ${when}`,
    lastUsed: (when) => `Último uso: ${when}`,
    neverUsed: 'Nunca usado',
    ofAccount: 'Pertenece a tu cuenta',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return 'Suspendido: demasiados códigos incorrectos desde navegadores desconocidos';
        case 'disabled':
          return 'Desactivado: demasiados códigos incorrectos. Vuelve a configurarlo.';
        case 'lapsed':
          return 'Ya no está confirmado';
        case 'unreadable':
          return 'Ya no se puede usar. Vuelve a configurarlo.';
      }
    },
    manage: (name) => `Gestionar ${name}`,
    recovery: 'Códigos de recuperación',
    recoveryMeans:
      'Para el día en que no tengas nada más a mano. No los guardes junto con el teléfono.',
    left: (left) => count(left, { one: 'Queda # código.', other: 'Quedan # códigos.' }),
    few: 'Crea códigos nuevos ahora: sin ellos, puede que no puedas entrar si pierdes el teléfono.',
    noCodes: 'No tienes ninguno. Sin ellos, puede que no puedas entrar si pierdes el teléfono.',
    makeCodes: 'Crear códigos de recuperación',
    replaceCodes: 'Crear códigos nuevos',
    sessions: 'Dónde has iniciado sesión',
    thisSession: 'Este navegador',
    otherSession: 'Otro navegador',
    signedIn: (when) => `Inicio de sesión: ${when}`,
    seen: (when) => `Última actividad: ${when}`,
    noOtherSessions: 'En ningún otro sitio.',
    endSession: (when) => `Cerrar la sesión iniciada: ${when}`,
    end: 'Cerrar',
    endOthers: 'Cerrar todas las demás',
  },

  done: {
    added: 'El método está configurado.',
    renamed: 'Se ha cambiado el nombre.',
    removed: 'Se ha quitado el método.',
    switchedOn: 'La verificación en dos pasos está activada.',
    switchedOff: 'La verificación en dos pasos está desactivada.',
    ended: 'Se ha cerrado la sesión.',
  },

  manage: {
    title: 'Gestionar',
    name: 'Nombre',
    nameHint: 'Un nombre para reconocerlo, como «Teléfono del trabajo».',
    rename: 'Guardar el nombre',
    remove: 'Quitar',
    removeMeans: (name) =>
      `Ya no podrás usar ${name} para iniciar sesión. Esta acción no se puede deshacer.`,
    lastOne: 'Es el último método: a partir de entonces bastará tu contraseña para iniciar sesión.',
    ofAccount: 'Pertenece a tu cuenta y se cambia allí.',
  },

  setUp: {
    title: 'Configurar un segundo paso',
    choose: '¿Cómo quieres confirmar tus inicios de sesión?',
    mustSetUp: 'Esta página exige un segundo paso. Configura uno para continuar.',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Una aplicación en tu teléfono muestra un código nuevo cada 30 segundos. Funciona sin conexión.',
          email:
            'Se envía un código a tu correo electrónico. Elígelo solo si nadie más puede leer tu correo.',
          phone:
            'Se envía un código a tu teléfono. Una aplicación de autenticación es más segura: alguien puede apropiarse de un número.',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Configurar una aplicación de autenticación',
          email: 'Configurar códigos por correo electrónico',
          phone: 'Configurar códigos por SMS',
        },
        'Configurar un segundo paso',
      ),
    scan: 'Escanea esto con tu aplicación de autenticación.',
    qrAlternative:
      'Código QR para tu aplicación de autenticación; la clave está debajo también como texto.',
    openApp: 'Abrir la aplicación en este dispositivo',
    typeSecret: 'O escribe en ella la clave',
    appCode: 'El código que muestra después',
    sentCode: 'El código que hemos enviado',
    email: 'Dirección de correo electrónico',
    phone: 'Número de teléfono',
    phoneHint: 'Con el prefijo del país, como +14155552671.',
    name: 'Nombre',
    nameOptional: 'Nombre (opcional)',
    sendCode: 'Enviar el código',
    confirm: 'Confirmar',
    startAgain: 'Empezar de nuevo',
    gone: 'Esto ya no se puede confirmar. Empieza de nuevo.',
    exists: 'Ya lo tienes. Dale otro nombre al segundo.',
    tooMany: 'Ya tienes el máximo permitido. Quita uno primero.',
    unacceptableEmail: 'No se pueden enviar códigos a esta dirección.',
    unacceptablePhone: 'No se pueden enviar códigos a este número.',
    nothingToAdd: 'No hay nada más que configurar.',
  },

  recovery: {
    title: 'Códigos de recuperación',
    lead: 'Con uno de estos códigos puedes entrar cuando no tengas nada más a mano. Cada uno sirve una sola vez.',
    once: 'Solo se muestran ahora. Guárdalos donde los encuentres tú y nadie más.',
    replaceMeans: 'Si creas códigos nuevos, los que tienes dejarán de valer.',
    make: 'Mostrar los códigos',
    copy: 'Copiar',
    copied: 'Copiado.',
    download: 'Descargar',
    print: 'Imprimir',
    saved: 'Los he guardado',
    sheet: (issuer) => `Códigos de recuperación de ${issuer}`,
  },

  problem: {
    title: 'No ha funcionado',
    signInFirst: 'Inicia sesión primero.',
    signInTitle: 'No has iniciado sesión',
    signIn: 'Iniciar sesión',
    signInAgain:
      'Hace demasiado que iniciaste sesión para hacer este cambio. Vuelve a iniciar sesión.',
    foreign:
      'Esto venía de otro sitio web, así que no se ha hecho nada. Abre la página aquí e inténtalo de nuevo.',
    notFound: 'Aquí no hay nada.',
    unavailable: 'Ahora mismo no se puede comprobar. Inténtalo de nuevo en un momento.',
    broken: 'Algo ha ido mal. Inténtalo más tarde.',
    unsecure: 'Esta página necesita una conexión segura (https).',
    refused: 'Esto no es posible.',
    home: 'Volver a seguridad',
  },
};
