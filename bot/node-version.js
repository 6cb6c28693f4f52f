// Plain JavaScript and loaded first, so that it can speak where the TypeScript beside it cannot even be read.
const OLDEST = 24;
if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  process.stderr.write(
    `Parley needs Node ${OLDEST} or newer, and this is ${process.versions.node}. ` +
      `On Linux and Windows "npm ci" brings it along for npm run; elsewhere, please install it from nodejs.org.\n`,
  );
  process.exit(1);
}
