import { Router } from 'express';
import type { Request, Response } from 'express';

import type { Mfa } from '../../lib/index.ts';
import { fieldsOf } from '../fields-of.ts';
import { HttpError } from '../http-error.ts';
import type { Ledger, Transfer } from '../ledger.ts';
import { readOrder } from '../new-order.ts';
import { notFound } from '../not-found.ts';
import { readForm } from '../read-form.ts';
import type { UserDirectory } from '../users.ts';
import { dashboardPage } from '../views/dashboard.ts';
import type { Render } from '../views/layout.ts';
import { transferPage } from '../views/transfer.ts';

/** A transfer is shown and made only to who brought a factor within the last two minutes. */
const FRESH_MS = 2 * 60_000;

/** What only the owner of an account gets to see and to do. */
export function accountRoutes(
  users: UserDirectory,
  ledger: Ledger,
  mfa: Mfa,
  render: Render,
): Router {
  const router = Router();
  const signedIn = mfa.requireAllFactors();
  const justProved = mfa.requireAllFactors({ maxAgeMs: FRESH_MS });

  router.get('/account', signedIn, async (req, res) => {
    res.send(render(await dashboard(req)));
  });

  // Anyone signed in may write an order down. Nothing is paid by it.
  router.post('/transfers', readForm, signedIn, async (req: Request, res: Response) => {
    const typed = fieldsOf(req);
    try {
      const { id } = ledger.prepare(userIdOf(req), readOrder(typed));
      res.redirect(303, `/transfers/${id}`);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const { status, message } = error;
      res.status(status).send(render(await dashboard(req, { typed, error: message })));
    }
  });

  // The proof comes before the last look at what it is for, so that going on is one click.
  router.get('/transfers/:id', justProved, (req, res) => {
    res.send(render(transferPage(preparedBy(req))));
  });

  router.post('/transfers/:id', readForm, justProved, async (req: Request, res: Response) => {
    const { id } = preparedBy(req);
    if (ledger.pay(userIdOf(req), id)) return res.redirect(303, `/account?paid=${id}`);
    const error = 'There is not enough money in the account for that.';
    res.status(409).send(render(await dashboard(req, { error })));
  });

  async function dashboard(req: Request, more: { typed?: Fields; error?: string } = {}) {
    const user = await users.findById(userIdOf(req));
    if (!user) throw notFound('This user is gone.');
    const account = ledger.account(user.id);
    const paid = account.movements.find(({ id }) => id === req.query['paid']);
    const { passed: isProtected } = await mfa.check(req, { enrolled: true });
    return dashboardPage({ user, account, isProtected, paid, ...more });
  }

  function preparedBy(req: Request): Transfer {
    const transfer = ledger.prepared(userIdOf(req), String(req.params['id']));
    if (!transfer) throw notFound('This transfer was made, or another one took its place.');
    return transfer;
  }

  return router;
}

type Fields = Readonly<Record<string, string>>;

function userIdOf({ mfa }: Request): string {
  if (!mfa) throw new Error('There is a guard missing in front of this route.');
  return mfa.userId;
}
