import { startApp } from '../support/app.ts';
import { addUser, signIn } from '../support/story.ts';

it('an event sink that is async and rejects breaks no request and ends no process [A75]', async () => {
  const lost: unknown[] = [];
  const lose = (error: unknown): unknown => lost.push(error);
  process.on('unhandledRejection', lose);
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const app = await startApp({
    // eslint-disable-next-line typescript/no-misused-promises -- as a host writes it
    onEvent: async () => {
      throw new Error('the table of events is away, password=hunter2');
    },
  });
  const browser = app.browser();
  await signIn(browser, addUser(app));
  await browser.get('/reports').expect(200);
  const said = stderr.mock.calls.join('');
  stderr.mockRestore();
  process.off('unhandledRejection', lose);
  expect(said).toContain('onEvent threw');
  expect(said).not.toContain('hunter2');
  expect(lost).toEqual([]);
  await app.close();
});
