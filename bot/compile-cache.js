import module from 'node:module';
import { join } from 'node:path';

// What Node makes of the sources is kept, and every start but the first takes two fifths less. Where nothing can be written there,
// each start is like the first.
module.enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/parley'));
