/** Who this app is: on its own pages and those of the second factor, in authenticator apps and mails. */
export const brand = {
  name: 'Larch Bank',
  logo: '/public/larch.svg',
  /** Light and dark, as in `public/style.css`. */
  colors: {
    accent: ['#0d6a54', '#62d0ae'],
    background: ['#f3f6f4', '#0c1311'],
    surface: ['#ffffff', '#141d1a'],
    text: ['#13211c', '#e6eeea'],
  },
} as const;
