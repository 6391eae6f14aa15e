import { openKafkajs } from './kafkajs/kafkajs-client.ts';
import { runLoad } from './run-load.ts';

runLoad(openKafkajs);
