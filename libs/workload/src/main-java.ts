import { openJava } from './java/java-client.ts';
import { runLoad } from './run-load.ts';

runLoad(openJava);
