import { GraphRefusal } from '../errors.ts';

/** A value that cannot be. */
export const invalid = (message: string, code = 'ErrorPropertyValidationFailure'): GraphRefusal =>
  new GraphRefusal(400, code, message);

/** Not there, or never was. */
export const itemNotFound = (): GraphRefusal =>
  new GraphRefusal(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');

/** A person whose mailbox Graph does not reach. */
export const noMailbox = (): GraphRefusal =>
  new GraphRefusal(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );

/** The token has no permission for calendars. */
export const accessDenied = (): GraphRefusal =>
  new GraphRefusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
