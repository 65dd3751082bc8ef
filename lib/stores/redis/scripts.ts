import { script } from './connection.ts';
import { BEGIN } from './lua/begin.ts';
import { END } from './lua/end.ts';
import { ERASE, FORGIVE } from './lua/erase.ts';
import { OPEN } from './lua/open.ts';
import { OUTDATE } from './lua/outdate.ts';
import { LOAD, RECALL } from './lua/recall.ts';
import { REMEMBER } from './lua/remember.ts';
import { RESTORE } from './lua/restore.ts';
import { SAVE } from './lua/save.ts';
import { SESSIONS } from './lua/sessions.ts';
import { SETTLE } from './lua/settle.ts';
import { SHARED } from './lua/shared.ts';
import { REFUND, SPEND, TALLY } from './lua/spend.ts';
import { RENEW, TOUCH } from './lua/touch.ts';
import { WITHDRAW } from './lua/withdraw.ts';

const whole = (text: string) => script(SHARED + text);
/** What uses something up, ends it or disarms it: if that came undone, a used code would be good again. */
const lasting = (text: string) => script(SHARED + text, true);

/** One script a verb. */
export const scripts = {
  save: lasting(SAVE),
  begin: whole(BEGIN),
  recall: whole(RECALL),
  load: whole(LOAD),
  open: whole(OPEN),
  withdraw: whole(WITHDRAW),
  settle: lasting(SETTLE),
  restore: whole(RESTORE),
  outdate: lasting(OUTDATE),
  remember: lasting(REMEMBER),
  touch: whole(TOUCH),
  renew: whole(RENEW),
  sessions: whole(SESSIONS),
  end: lasting(END),
  forgive: whole(FORGIVE),
  erase: lasting(ERASE),
  spend: script(SPEND),
  refund: script(REFUND),
  tally: script(TALLY),
} as const;
