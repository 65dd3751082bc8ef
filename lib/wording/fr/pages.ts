import { byFactor } from '../by-factor.ts';
import { counting } from '../counting.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

const count = counting('fr');

export const pages: PageTexts = {
  common: {
    continue: 'Continuer',
    cancel: 'Annuler',
    back: 'Retour',
    signOut: 'Se déconnecter',
    skipToContent: 'Aller au contenu',
    wait: waiting('fr', {
      second: { one: '# seconde', other: '# secondes' },
      minute: { one: '# minute', other: '# minutes' },
      hour: { one: '# heure', other: '# heures' },
    }),
  },

  challenge: {
    title: 'Confirmez que c’est bien vous',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: 'Saisissez le code affiché en ce moment par votre application d’authentification.',
          recoveryCode:
            'Saisissez l’un des codes de récupération que vous avez enregistrés. Chacun ne sert qu’une fois.',
        },
        `Il reste une étape pour vous connecter à ${issuer}.`,
      ),
    code: 'Code',
    recoveryCode: 'Code de récupération',
    willSend: (destination) => `Nous envoyons un code à ${destination}.`,
    sent: (destination) => `Saisissez le code que nous avons envoyé à ${destination}.`,
    send: 'Envoyer le code',
    resend: 'Envoyer un nouveau code',
    resendIn: (wait) => `Vous pourrez demander un nouveau code dans ${wait}.`,
    resendReady: 'Vous pouvez maintenant demander un nouveau code.',
    verify: 'Confirmer',
    anotherWay: 'Utiliser une autre méthode',
    useRecoveryCode: 'Utiliser un code de récupération',
    wrong: (left) =>
      left === undefined
        ? 'Ce code est incorrect.'
        : left === 0
          ? 'Ce code est incorrect et il y a eu trop d’essais. Demandez-en un nouveau.'
          : `Ce code est incorrect. ${count(left, { one: 'Il vous reste # essai.', other: 'Il vous reste # essais.' })}`,
    malformed: 'Saisissez le code en entier.',
    gone: 'Ce code n’est plus valable. Demandez-en un nouveau.',
    locked: (wait) =>
      `Trop de codes incorrects ont été saisis. Réessayez dans ${wait} ou utilisez une autre méthode.`,
    cooling: (wait) =>
      `Un code vient d’être envoyé. Vous pourrez en demander un nouveau dans ${wait}.`,
    limited: (wait) =>
      `Il y a eu trop de demandes. Réessayez dans ${wait} ou utilisez une autre méthode.`,
    undelivered:
      'Le code n’a pas pu être envoyé. Réessayez plus tard ou utilisez une autre méthode.',
    noWay: 'Il n’y a plus aucune méthode pour confirmer cette connexion.',
    lostEverything:
      'Sans aucune de ces méthodes, vous ne pouvez pas vous connecter par vous-même. Demandez de l’aide.',
  },

  settings: {
    title: 'Sécurité',
    mfa: 'Validation en deux étapes',
    on: 'Activée',
    off: 'Désactivée',
    onMeans: 'Pour se connecter, il faut votre mot de passe et l’une des méthodes ci-dessous.',
    offMeans: 'Votre mot de passe suffit pour se connecter.',
    needsFactor: 'Configurez d’abord une méthode pour confirmer votre connexion.',
    switchOn: 'Activer',
    switchOff: 'Désactiver',
    ways: 'Méthodes de confirmation de votre connexion',
    noWays: 'Aucune pour l’instant.',
    addWay: 'Ajouter une méthode',
    added: (when) => `Ajout\u00a0: ${when}`,
    lastUsed: (when) => `Dernière utilisation\u00a0: ${when}`,
    neverUsed: 'Jamais utilisée',
    ofAccount: 'Fait partie de votre compte',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return 'Suspendue après trop de codes incorrects venant de navigateurs inconnus';
        case 'disabled':
          return 'Désactivée après trop de codes incorrects. Configurez-la de nouveau.';
        case 'lapsed':
          return 'N’est plus confirmée';
        case 'unreadable':
          return 'Ne peut plus être utilisée. Configurez-la de nouveau.';
      }
    },
    manage: (name) => `Gérer ${name}`,
    recovery: 'Codes de récupération',
    recoveryMeans:
      'Pour le jour où vous n’aurez rien d’autre sous la main. Ne les gardez pas avec votre téléphone.',
    left: (left) => count(left, { one: 'Il reste # code.', other: 'Il reste # codes.' }),
    few: 'Créez-en de nouveaux maintenant. Sans eux, vous risquez de ne plus pouvoir vous connecter si vous perdez votre téléphone.',
    noCodes:
      'Vous n’en avez pas. Sans eux, vous risquez de ne plus pouvoir vous connecter si vous perdez votre téléphone.',
    makeCodes: 'Créer des codes de récupération',
    replaceCodes: 'Créer de nouveaux codes',
    sessions: 'Où vous êtes connecté',
    thisSession: 'Ce navigateur',
    otherSession: 'Un autre navigateur',
    signedIn: (when) => `Connexion\u00a0: ${when}`,
    seen: (when) => `Dernière activité\u00a0: ${when}`,
    noOtherSessions: 'Nulle part ailleurs.',
    endSession: (when) => `Fermer la session (connexion\u00a0: ${when})`,
    end: 'Fermer',
    endOthers: 'Fermer toutes les autres',
  },

  done: {
    added: 'La méthode est configurée.',
    renamed: 'Le nom a été modifié.',
    removed: 'La méthode a été supprimée.',
    switchedOn: 'La validation en deux étapes est activée.',
    switchedOff: 'La validation en deux étapes est désactivée.',
    ended: 'La session a été fermée.',
  },

  manage: {
    title: 'Gérer',
    name: 'Nom',
    nameHint: 'Un nom pour la reconnaître, par exemple «\u00a0Téléphone du bureau\u00a0».',
    rename: 'Enregistrer le nom',
    remove: 'Supprimer',
    removeMeans: (name) =>
      `${name} ne pourra plus servir à vous connecter. Cette action est irréversible.`,
    lastOne: 'C’est la dernière méthode. Ensuite, votre mot de passe suffira pour se connecter.',
    ofAccount: 'Cette méthode fait partie de votre compte et se modifie là.',
  },

  setUp: {
    title: 'Configurer une seconde étape',
    choose: 'Comment voulez-vous confirmer vos connexions\u00a0?',
    mustSetUp: 'Cette page exige une seconde étape. Configurez-en une pour continuer.',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Une application sur votre téléphone affiche un nouveau code toutes les 30 secondes. Elle fonctionne sans réseau.',
          email:
            'Un code est envoyé à votre adresse e-mail. À choisir seulement si personne d’autre ne peut lire vos e-mails.',
          phone:
            'Un code est envoyé à votre téléphone. Une application d’authentification est plus sûre, car un numéro peut être détourné.',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Configurer une application d’authentification',
          email: 'Configurer les codes par e-mail',
          phone: 'Configurer les codes par SMS',
        },
        'Configurer une seconde étape',
      ),
    scan: 'Scannez ceci avec votre application d’authentification.',
    qrAlternative:
      'Code QR pour votre application d’authentification. La clé figure aussi en toutes lettres ci-dessous.',
    openApp: 'Ouvrir l’application sur cet appareil',
    typeSecret: 'Ou saisissez-y la clé',
    appCode: 'Le code qu’elle affiche ensuite',
    sentCode: 'Le code que nous avons envoyé',
    email: 'Adresse e-mail',
    phone: 'Numéro de téléphone',
    phoneHint: 'Avec l’indicatif du pays, par exemple +14155552671.',
    name: 'Nom',
    nameOptional: 'Nom (facultatif)',
    sendCode: 'Envoyer le code',
    confirm: 'Confirmer',
    startAgain: 'Recommencer',
    gone: 'Il n’est plus possible de confirmer. Recommencez.',
    exists: 'Vous l’avez déjà. Donnez un nom différent à la seconde.',
    tooMany: 'Vous en avez déjà le nombre maximal. Supprimez-en une d’abord.',
    unacceptableEmail: 'Aucun code ne peut être envoyé à cette adresse.',
    unacceptablePhone: 'Aucun code ne peut être envoyé à ce numéro.',
    nothingToAdd: 'Il n’y a rien d’autre à configurer.',
  },

  recovery: {
    title: 'Codes de récupération',
    lead: 'L’un de ces codes vous permet de vous connecter quand vous n’avez rien d’autre sous la main. Chacun ne sert qu’une fois.',
    once: 'Ils ne sont affichés que maintenant. Enregistrez-les là où vous les retrouverez et où personne d’autre ne les trouvera.',
    replaceMeans: 'Si vous en créez de nouveaux, les codes que vous avez ne seront plus valables.',
    make: 'Afficher les codes',
    copy: 'Copier',
    copied: 'Copié.',
    download: 'Télécharger',
    print: 'Imprimer',
    saved: 'Je les ai enregistrés',
    sheet: (issuer) => `Codes de récupération pour ${issuer}`,
  },

  problem: {
    title: 'L’opération a échoué',
    signInFirst: 'Connectez-vous d’abord.',
    signInTitle: 'Vous n’êtes pas connecté',
    signIn: 'Se connecter',
    signInAgain:
      'Votre connexion est trop ancienne pour cette modification. Connectez-vous de nouveau.',
    foreign:
      'Cette demande venait d’un autre site, rien n’a donc été fait. Ouvrez la page ici et réessayez.',
    notFound: 'Il n’y a rien ici.',
    unavailable: 'La vérification est impossible pour le moment. Réessayez dans un instant.',
    broken: 'Une erreur s’est produite. Réessayez plus tard.',
    unsecure: 'Cette page exige une connexion sécurisée (https).',
    refused: 'Ce n’est pas possible.',
    home: 'Retour à la sécurité',
  },
};
