export { dockerForTests, whyNoDocker, type DockerForTests } from './testing/docker/docker-for-tests.ts';
export { connectImage } from './testing/images/connect-image.ts';
export { loadImages } from './testing/images/load-images.ts';
export { loadArchive, saveNodeImage } from './testing/images/own-images.ts';
export { postgresImage } from './testing/images/postgres-image.ts';
