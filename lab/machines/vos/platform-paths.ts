import type { RequestListener } from 'node:http';
import type { Application } from '../../applications/application.ts';

/** OS Administration and the certificate API. */
const platform = /^\/(cmplatform|platformcom)(?=[/?]|$)/;

/** A port of the platform's own web server: its paths go to OS Administration, the rest to the product's pages. */
export function withAdministration(administration: RequestListener, application: Application): Application {
  if (application.speaks !== 'http') return application;
  const { answer } = application;
  return {
    ...application,
    answer: (request, response) => {
      if (platform.test(request.url ?? '')) administration(request, response);
      else answer(request, response);
    },
  };
}
