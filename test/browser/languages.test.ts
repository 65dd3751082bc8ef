import { catalogueOf } from '../../lib/wording/catalogue-of.ts';
import { LANGUAGES } from '../../lib/wording/languages.ts';
import { describeWithBrowser } from '../support/browser-harness.ts';
import { inspect } from './inspect.ts';
import { setStage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const SMALL = { viewport: { width: 320, height: 640 } };
const PATHS = ['', '/set-up', '/set-up/phone', '/challenge'];

describeWithBrowser('the ready pages', () => {
  const stage = setStage();

  it.each(LANGUAGES)(
    'speak %s to a browser that asks for it, and fit 320 pixels',
    async (locale) => {
      const { host, visitor } = stage;
      const { settings } = (await catalogueOf(locale)).pages;
      await visitor.go('/login?returnTo=/security');
      await visitor.signIn(host.addUser({ emailVerified: true }));
      const storageState = await visitor.context.storageState();
      const speaker = await newVisitor(stage.browser, host, { ...SMALL, locale, storageState });
      const html = speaker.page.locator('html');
      for (const path of PATHS) {
        await speaker.go(`/security${path}`);
        expect([path, await html.getAttribute('lang')]).toEqual([path, locale]);
        expect(await html.getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr');
        expect([path, (await inspect(speaker.page)).layout]).toEqual([path, []]);
        if (path === '') expect(await speaker.heading()).toBe(settings.title);
      }
      expect(speaker.troubles).toEqual([]);
      await speaker.context.close();
    },
  );

  it('speak English to whoever asks for a language that they do not speak', async () => {
    const visitor = await newVisitor(stage.browser, stage.host, { locale: 'fi' });
    await visitor.go('/login?returnTo=/security');
    await visitor.signIn(stage.host.addUser());
    expect(await visitor.page.locator('html').getAttribute('lang')).toBe('en');
    expect(await visitor.heading()).toBe('Security');
    await visitor.context.close();
  });
});
