import type { NoticeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';
import { isolated } from '../isolated.ts';

const count = counting('ar');

export const notices: NoticeTexts = {
  subject: (issuer) => `تنبيه أمان من ${isolated(issuer)}`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `أُضيفت طريقة لتأكيد تسجيل الدخول (${factor}) إلى حسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}.`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `أُزيلت طريقة لتأكيد تسجيل الدخول (${factor}) من حسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}.`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `عُلّقت طريقة لتأكيد تسجيل الدخول (${factor}) في حسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}، بعد عدد كبير من الإجابات الخاطئة من متصفحات لم تستخدمها من قبل. ما زالت تعمل في المتصفحات التي سبق أن سجّلت الدخول منها. في غيرها استخدم طريقة أخرى أو أعد إعدادها.`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `عُطّلت طريقة لتأكيد تسجيل الدخول (${factor}) في حسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}، بعد عدد كبير من الإجابات الخاطئة. أعد إعدادها لاستخدامها من جديد.`,
    mfa_switched_on: ({ issuer, when }) =>
      `فُعّل التحقق بخطوتين في حسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}.`,
    mfa_switched_off: ({ issuer, when }) =>
      `أُوقف التحقق بخطوتين في حسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}. أصبحت كلمة المرور وحدها كافية.`,
    recovery_codes_made: ({ issuer, when }) =>
      `أُنشئت رموز استرداد لحسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}.`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `أُنشئت رموز استرداد جديدة لحسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}. لم تعد الرموز القديمة صالحة.`,
    recovery_code_used: ({ issuer, when }) =>
      `استُخدم رمز استرداد في حسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}.`,
    phone_changed: ({ issuer, when }) =>
      `غُيّر رقم هاتف حسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}.`,
    factor_failing: ({ issuer, factor, when }) =>
      `أدخل شخص ما كلمة المرور الصحيحة لحسابك في ${isolated(issuer)} ثم إجابات خاطئة متتالية (${factor})، آخرها بتاريخ ${isolated(when)}. قد يلزم الانتظار بعض الوقت قبل أي إجابة أخرى.`,
    codes_limited: ({ issuer, factor, when }) =>
      `أدخل شخص ما كلمة المرور الصحيحة لحسابك في ${isolated(issuer)} وطلب رموزًا كثيرة (${factor})، آخر مرة بتاريخ ${isolated(when)}. لن تُرسل حاليًا رموز أخرى إلى متصفحات لم تستخدمها من قبل.`,
    enrollment_forgotten: ({ issuer, when }) =>
      `أُزيلت كل طرق تأكيد تسجيل الدخول من حسابك في ${isolated(issuer)} بتاريخ ${isolated(when)}، ومعها رموز الاسترداد، وأُنهيت كل الجلسات.`,
  },
  left: (left) =>
    count(left, {
      zero: 'لم يتبقَّ أي رمز استرداد.',
      one: 'تبقّى رمز استرداد واحد.',
      two: 'تبقّى رمزا استرداد.',
      few: 'تبقّت # رموز استرداد.',
      many: 'تبقّى # رمز استرداد.',
      other: 'تبقّى # رمز استرداد.',
    }),
  few: 'أنشئ رموزًا جديدة الآن، فمن دونها قد لا تتمكن من الدخول إذا فقدت عامل التحقق الثاني.',
  tried: (issuer) =>
    `إذا لم تكن أنت، فقد يكون هناك من يعرف كلمة مرورك، لذا غيّرها في ${isolated(issuer)}. لا تعطِ أي رمز لأي شخص أبدًا.`,
  changed: (issuer) =>
    `إذا لم تكن أنت، فغيّر كلمة مرورك في ${isolated(issuer)}، وأنهِ كل الجلسات الأخرى، وأزل ما لا يخصك، وأنشئ رموز استرداد جديدة. إذا لم تتمكن من تسجيل الدخول، فاطلب المساعدة من ${isolated(issuer)} على الفور.`,
};
