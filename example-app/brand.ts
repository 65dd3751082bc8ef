/** Who this app is: on its pages, in authenticator apps, in mails and texts. Put your own here. */
export const brand = {
  name: 'Larch Bank',
  logo: '/public/larch.svg',
  /** Whom texts come from: carriers take 11 letters and digits at most. */
  sms: 'LarchBank',
};
