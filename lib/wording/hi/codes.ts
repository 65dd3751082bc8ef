import type { CodeTexts } from '../catalogue.ts';

export const codes: CodeTexts = {
  subject: (issuer) => `आपका ${issuer} कोड`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} आपका ${issuer} कोड है, जिससे आप साइन इन पूरा कर सकते हैं।`
      : `${code} आपका ${issuer} कोड है, जिससे आप पुष्टि कर सकते हैं कि यह संपर्क आपका है।`,
  rules: (issuer, minutes) =>
    `यह ${minutes} मिनट तक मान्य है। इसे किसी को न बताएँ, ${issuer} इसे कभी नहीं माँगेगा।`,
  unasked: 'अगर आपने इसे नहीं माँगा है, तो हो सकता है कि कोई आपका पासवर्ड जानता हो: उसे बदल दें।',
};
