import type { CodeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';
import { isolated } from '../isolated.ts';

const count = counting('ar');

export const codes: CodeTexts = {
  subject: (issuer) => `رمزك في ${isolated(issuer)}`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} هو رمزك لإكمال تسجيل الدخول إلى ${isolated(issuer)}.`
      : `${code} هو رمزك لتؤكد لدى ${isolated(issuer)} أن وسيلة الاتصال هذه تخصك.`,
  rules: (issuer, minutes) =>
    `صالح لمدة ${count(minutes, {
      one: 'دقيقة واحدة',
      two: 'دقيقتين',
      few: '# دقائق',
      many: '# دقيقة',
      other: '# دقيقة',
    })}. لا تشاركه مع أحد، فلن يطلبه منك ${isolated(issuer)}.`,
  unasked: 'إذا لم تطلبه، فقد يكون هناك من يعرف كلمة مرورك، لذا غيّرها.',
};
