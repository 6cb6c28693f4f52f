import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { answerAz } from './cli.ts';
import { type AzureState, emptyAzure } from './state.ts';

/** The Azure CLI of one directory and subscription, for `az.sh`. */
export type AzServer = {
  port: number;
  /** A copy of everything it knows. */
  read(): AzureState;
  write(state: AzureState): void;
  close(): void;
};

/** Begins with an Azure that has nothing. A request is the number of its words and the words, an answer is code, output and error; each ends with a zero byte. */
export async function serveAz(): Promise<AzServer> {
  let state = emptyAzure('', '');
  const server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8').on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk;
      const [count = '', ...words] = text.split('\0');
      if (words.length <= Number(count)) return;
      const { code, stdout, stderr } = answerAz(state, words.slice(0, -1));
      socket.end([code, stdout, stderr, ''].join('\0'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    read: () => structuredClone(state),
    write: (next) => {
      state = structuredClone(next);
    },
    close: () => void server.close(),
  };
}
