import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { AadError } from './errors.ts';
import { type EntraState, issuerOf, type TokenRequest } from './state.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';

/** Checks who calls the token endpoint and says by which credential it proved itself. Throws AadError. */
export async function authenticateClient(
  state: EntraState,
  form: URLSearchParams,
  tenant: string,
): Promise<NonNullable<TokenRequest['credential']>> {
  const clientId = form.get('client_id');
  if (!clientId)
    throw new AadError(900144, "The request body must contain the following parameter: 'client_id'.");
  if (clientId !== state.app.id) {
    throw new AadError(700016, `Application with identifier '${clientId}' was not found in the directory.`);
  }
  const secret = form.get('client_secret');
  const assertion = form.get('client_assertion');
  if (secret !== null) return checkSecret(state, secret);
  if (assertion === null || form.get('client_assertion_type') !== ASSERTION_TYPE) {
    throw new AadError(7000218, "The request body must contain 'client_assertion' or 'client_secret'.");
  }
  const claims = decode(assertion);
  return claims.iss === clientId
    ? checkCertificate(state, assertion, tenant)
    : checkFederated(state, assertion, claims);
}

function checkSecret(state: EntraState, secret: string): 'secret' {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(secret), digest(state.app.secret))) return 'secret';
  throw new AadError(7000215, `Invalid client secret provided for app '${state.app.id}'.`);
}

async function checkCertificate(
  state: EntraState,
  assertion: string,
  tenant: string,
): Promise<'certificate'> {
  if (!state.app.certificate)
    throw new AadError(700027, 'The certificate is not registered on the application.');
  const key = new X509Certificate(state.app.certificate).publicKey;
  try {
    await jwtVerify(assertion, key, {
      algorithms: ['RS256', 'PS256'],
      subject: state.app.id,
      audience: `${state.authority}/${tenant}/oauth2/v2.0/token`,
      requiredClaims: ['exp', 'jti'],
      // MSAL rounds its clock up.
      clockTolerance: 300,
      currentDate: new Date(state.now()),
    });
    return 'certificate';
  } catch (error) {
    throw assertionError(error);
  }
}

async function checkFederated(
  state: EntraState,
  assertion: string,
  claims: JWTPayload,
): Promise<'federated'> {
  if (!state.app.federated || claims.iss !== issuerOf(state, state.homeTenant)) {
    throw new AadError(
      700211,
      `No matching federated identity record found for assertion issuer '${claims.iss}'.`,
    );
  }
  if (claims.sub !== state.app.federated.subject) {
    throw new AadError(
      700213,
      `No matching federated identity record found for assertion subject '${claims.sub}'.`,
    );
  }
  if (claims.aud !== EXCHANGE_AUDIENCE) {
    throw new AadError(
      700212,
      `No matching federated identity record found for assertion audience '${claims.aud}'.`,
    );
  }
  try {
    await state.signer.verify(assertion, state.now());
    return 'federated';
  } catch (error) {
    throw assertionError(error);
  }
}

function decode(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch {
    throw new AadError(50013, 'Client assertion is malformed.');
  }
}

function assertionError(error: unknown): AadError {
  return error instanceof errors.JWTExpired
    ? new AadError(700024, 'Client assertion is not within its valid time range.')
    : new AadError(700027, `Client assertion failed validation: ${error}`);
}
