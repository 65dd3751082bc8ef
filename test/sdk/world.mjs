import assert from 'node:assert/strict';
import { once } from 'node:events';

/**
 * What a flow works with: the SDK as it was released, pages to use it in, and everything that
 * lies outside a browser.
 */
export function createWorld(sdk, origin, browserFetch) {
  return {
    sdk,
    origin,
    ...outside,

    /** Opens a page in a browser without cookies; it is the one in front. */
    open({ marks = true, endpoint = `${origin}/v1` } = {}) {
      const client = new sdk.Client().setEndpoint(endpoint).setProject('acme');
      const page = { account: new sdk.Account(client), fetch: browserFetch({ marks }) };
      this.show(page);
      return page;
    },

    /** Brings a page to the front: from now on the SDK's requests are made in its browser. */
    show(page) {
      globalThis.fetch = page.fetch;
    },

    /** Opens a page and signs in with the first factor. */
    async signIn(user, how) {
      const page = this.open(how);
      const session = await page.account.createEmailPasswordSession(user.email, user.password);
      assert.deepEqual([...session.factors], ['password']);
      assert.equal(session.userId, user.id);
      return page;
    },

    /** Signs in once more as a user with MFA on: accepted, and yet not let in. */
    async signInPending(user, how) {
      const page = await this.signIn(user, how);
      await this.refused(() => page.account.get(), 401, 'user_more_factors_required');
      return page;
    },

    /** Expects the SDK's own exception, with all that apps look at. */
    async refused(call, code, type) {
      const error = await call().then(
        (value) => assert.fail(`expected ${type}, got ${JSON.stringify(value)}`),
        (thrown) => thrown,
      );
      if (!(error instanceof sdk.AppwriteException)) throw error;
      assert.deepEqual([error.code, error.type], [code, type]);
      const { response } = error;
      const body = typeof response === 'string' ? JSON.parse(response) : response;
      assert.deepEqual([body.code, body.type], [code, type]);
      assert.equal(body.message, error.message);
      assert.match(body.version, /^\d+\.\d+\.\d+/);
    },
  };
}

const ask = (name) => async (value) => {
  const reply = once(process, 'message');
  process.send({ ask: name, value });
  const [{ answer }] = await reply;
  return answer;
};

const outside = {
  addUser: ask('addUser'),
  /** Lets so many milliseconds pass on the host. */
  forward: ask('forward'),
  /** The code in the newest mail to an address. */
  mailedCode: ask('mailedCode'),
  /** The code in the newest text to a number. */
  textedCode: ask('textedCode'),
  /** The code that an authenticator app shows for a secret now. */
  appCode: ask('appCode'),
};
