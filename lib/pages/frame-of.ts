import type { Request } from 'express';

import type { Engine } from '../core/engine.ts';
import { acceptedLanguages } from '../http/accepted-languages.ts';
import { catalogueOf } from '../wording/catalogue-of.ts';
import { languageFor } from '../wording/language-for.ts';
import { localeOf } from './locale-of.ts';
import { ownPath } from './own-path.ts';
import { fieldsOf } from './read-form.ts';
import { referringPath } from './referring-path.ts';
import type { Frame, Site } from './visit.ts';

/** What a request's page is drawn with: its language, and where it leads. */
export async function frameOf(engine: Engine, site: Site, req: Request): Promise<Frame> {
  const wanted = localeOf(engine, site, req);
  const language = languageFor(wanted === undefined ? acceptedLanguages(req) : [wanted]);
  const query = fieldsOf(req.query);
  return {
    site,
    language,
    words: await catalogueOf(language),
    now: engine.now(),
    params: fieldsOf(req.params),
    query,
    returnTo: ownPath(query.returnTo),
    here: hereOf(site, req),
  };
}

/** The page to come back to: this one, or the one whose form was sent. */
function hereOf({ base }: Site, req: Request): string {
  if (req.method === 'POST') return referringPath(req) ?? (base || '/');
  return `${base}${req.url === '/' ? '' : req.url}` || '/';
}
