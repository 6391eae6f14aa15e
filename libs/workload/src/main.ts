import { openOwn } from './own-client.ts';
import { runLoad } from './run-load.ts';

runLoad(openOwn);
