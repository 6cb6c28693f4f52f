import { AadError } from './errors.ts';
import type { EntraState } from './state.ts';

/** The demand that Graph or Entra makes of a token, as both write it. */
export function demandFor(context: string): string {
  return JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });
}

/** The authentication contexts that a `claims` parameter asks for. Throws AadError where it is no JSON. */
export function contextsIn(claims: string | null): string[] {
  if (claims === null) return [];
  try {
    const { acrs } = JSON.parse(claims).access_token ?? {};
    return [acrs?.value, ...(acrs?.values ?? [])].filter((value) => typeof value === 'string');
  } catch {
    throw new AadError(90014, "The parameter 'claims' is not well-formed.");
  }
}

/** Those of them that the token will carry. Throws 50076 with the demand while the person has not shown one. */
export function grantedContexts(state: EntraState, oid: string, claims: string | null): string[] {
  const asked = contextsIn(claims);
  const missing = asked.find((context) => !state.contexts.get(oid)?.has(context));
  if (missing !== undefined) {
    throw new AadError(50076, 'The resource wants a stronger sign-in.', demandFor(missing));
  }
  return asked;
}
