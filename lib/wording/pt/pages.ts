import { byFactor } from '../by-factor.ts';
import { counting } from '../counting.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

const count = counting('pt');

export const pages: PageTexts = {
  common: {
    continue: 'Continuar',
    cancel: 'Cancelar',
    back: 'Voltar',
    signOut: 'Sair',
    skipToContent: 'Ir para o conteúdo',
    wait: waiting('pt', {
      second: { one: '# segundo', other: '# segundos' },
      minute: { one: '# minuto', other: '# minutos' },
      hour: { one: '# hora', other: '# horas' },
    }),
  },

  challenge: {
    title: 'Confirme que é você',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: 'Digite o código que seu app autenticador mostra agora.',
          recoveryCode:
            'Digite um dos códigos de recuperação que você salvou. Cada um vale uma única vez.',
        },
        `Falta uma etapa para você entrar em ${issuer}.`,
      ),
    code: 'Código',
    recoveryCode: 'Código de recuperação',
    willSend: (destination) => `Vamos enviar um código para ${destination}.`,
    sent: (destination) => `Digite o código que enviamos para ${destination}.`,
    send: 'Enviar o código',
    resend: 'Enviar um novo código',
    resendIn: (wait) => `Você poderá pedir um novo código em ${wait}.`,
    resendReady: 'Você já pode pedir um novo código.',
    verify: 'Confirmar',
    anotherWay: 'Usar outro método',
    useRecoveryCode: 'Usar um código de recuperação',
    wrong: (left) =>
      left === undefined
        ? 'Este código não está correto.'
        : left === 0
          ? 'Este código não está correto e foi tentado vezes demais. Peça um novo.'
          : `Este código não está correto. ${count(left, { one: 'Resta # tentativa.', other: 'Restam # tentativas.' })}`,
    malformed: 'Digite o código completo.',
    gone: 'Este código não vale mais. Peça um novo.',
    locked: (wait) =>
      `Foram digitados muitos códigos errados. Tente de novo em ${wait} ou use outro método.`,
    cooling: (wait) => `Um código acabou de ser enviado. Você poderá pedir outro em ${wait}.`,
    limited: (wait) =>
      `Foram feitas muitas solicitações. Tente de novo em ${wait} ou use outro método.`,
    undelivered: 'Não foi possível enviar o código. Tente de novo mais tarde ou use outro método.',
    noWay: 'Não resta nenhum método para confirmar este login.',
    lostEverything:
      'Sem nenhum destes métodos, você não consegue entrar por conta própria: peça ajuda.',
  },

  settings: {
    title: 'Segurança',
    mfa: 'Verificação em duas etapas',
    on: 'Ativada',
    off: 'Desativada',
    onMeans: 'Para fazer login são necessários sua senha e um dos métodos abaixo.',
    offMeans: 'Para fazer login basta sua senha.',
    needsFactor: 'Configure antes um método para confirmar seu login.',
    switchOn: 'Ativar',
    switchOff: 'Desativar',
    ways: 'Métodos para confirmar seu login',
    noWays: 'Nenhum por enquanto.',
    addWay: 'Adicionar um método',
    added: (when) => `Adicionado: ${when}`,
    lastUsed: (when) => `Último uso: ${when}`,
    neverUsed: 'Nunca usado',
    ofAccount: 'Pertence à sua conta',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return 'Suspenso: muitos códigos errados vindos de navegadores desconhecidos';
        case 'disabled':
          return 'Desativado: muitos códigos errados. Configure-o de novo.';
        case 'lapsed':
          return 'Não está mais confirmado';
        case 'unreadable':
          return 'Não pode mais ser usado. Configure-o de novo.';
      }
    },
    manage: (name) => `Gerenciar ${name}`,
    recovery: 'Códigos de recuperação',
    recoveryMeans:
      'Para o dia em que você não tiver mais nada à mão. Não os guarde junto com o celular.',
    left: (left) => count(left, { one: 'Resta # código.', other: 'Restam # códigos.' }),
    few: 'Crie novos códigos agora: sem eles, talvez você não consiga entrar se perder o celular.',
    noCodes: 'Você não tem nenhum. Sem eles, talvez você não consiga entrar se perder o celular.',
    makeCodes: 'Criar códigos de recuperação',
    replaceCodes: 'Criar novos códigos',
    sessions: 'Onde você fez login',
    thisSession: 'Este navegador',
    otherSession: 'Outro navegador',
    signedIn: (when) => `Login: ${when}`,
    seen: (when) => `Última atividade: ${when}`,
    noOtherSessions: 'Em nenhum outro lugar.',
    endSession: (when) => `Encerrar a sessão (login: ${when})`,
    end: 'Encerrar',
    endOthers: 'Encerrar todas as outras',
  },

  done: {
    added: 'O método está configurado.',
    renamed: 'O nome foi alterado.',
    removed: 'O método foi removido.',
    switchedOn: 'A verificação em duas etapas está ativada.',
    switchedOff: 'A verificação em duas etapas está desativada.',
    ended: 'A sessão foi encerrada.',
  },

  manage: {
    title: 'Gerenciar',
    name: 'Nome',
    nameHint: 'Um nome para você reconhecer o método, como “Celular do trabalho”.',
    rename: 'Salvar o nome',
    remove: 'Remover',
    removeMeans: (name) =>
      `${name} não poderá mais ser usado para fazer login. Esta ação não pode ser desfeita.`,
    lastOne: 'É o último método: depois disso, sua senha bastará para fazer login.',
    ofAccount: 'Pertence à sua conta e é alterado lá.',
  },

  setUp: {
    title: 'Configurar uma segunda etapa',
    choose: 'Como você quer confirmar seus logins?',
    mustSetUp: 'Esta página exige uma segunda etapa. Configure uma para continuar.',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Um app no celular mostra um novo código a cada 30 segundos. Funciona sem rede.',
          email:
            'Um código é enviado para seu e-mail. Escolha isto somente se ninguém mais puder ler seus e-mails.',
          phone:
            'Um código é enviado para seu celular. Um app autenticador é mais seguro: números podem ser roubados.',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Configurar um app autenticador',
          email: 'Configurar códigos por e-mail',
          phone: 'Configurar códigos por SMS',
        },
        'Configurar uma segunda etapa',
      ),
    scan: 'Escaneie isto com seu app autenticador.',
    qrAlternative: 'QR code para seu app autenticador; a chave também está abaixo como texto.',
    openApp: 'Abrir o app neste dispositivo',
    typeSecret: 'Ou digite a chave nele',
    appCode: 'O código que ele mostra em seguida',
    sentCode: 'O código que enviamos',
    email: 'Endereço de e-mail',
    phone: 'Número de telefone',
    phoneHint: 'Com o código do país, como +14155552671.',
    name: 'Nome',
    nameOptional: 'Nome (opcional)',
    sendCode: 'Enviar o código',
    confirm: 'Confirmar',
    startAgain: 'Começar de novo',
    gone: 'Não é mais possível confirmar. Comece de novo.',
    exists: 'Você já tem este método. Dê outro nome ao segundo.',
    tooMany: 'Você já tem o máximo permitido. Remova um primeiro.',
    unacceptableEmail: 'Não é possível enviar códigos para este endereço.',
    unacceptablePhone: 'Não é possível enviar códigos para este número.',
    nothingToAdd: 'Não há mais nada para configurar.',
  },

  recovery: {
    title: 'Códigos de recuperação',
    lead: 'Com um destes códigos você entra quando não tiver mais nada à mão. Cada um vale uma única vez.',
    once: 'Eles só são mostrados agora. Salve-os onde você os encontre e mais ninguém.',
    replaceMeans: 'Se você criar novos códigos, os que você tem deixarão de valer.',
    make: 'Mostrar os códigos',
    copy: 'Copiar',
    copied: 'Copiado.',
    download: 'Baixar',
    print: 'Imprimir',
    saved: 'Eu os salvei',
    sheet: (issuer) => `Códigos de recuperação de ${issuer}`,
  },

  problem: {
    title: 'Não deu certo',
    signInFirst: 'Faça login primeiro.',
    signInTitle: 'Você não fez login',
    signIn: 'Fazer login',
    signInAgain: 'Seu login é antigo demais para esta alteração. Faça login de novo.',
    foreign:
      'Isto veio de outro site, por isso nada foi feito. Abra a página aqui e tente de novo.',
    notFound: 'Não há nada aqui.',
    unavailable: 'Não é possível verificar isto agora. Tente de novo daqui a pouco.',
    broken: 'Algo deu errado. Tente de novo mais tarde.',
    unsecure: 'Esta página precisa de uma conexão segura (https).',
    refused: 'Isto não é possível.',
    home: 'Voltar para segurança',
  },
};
