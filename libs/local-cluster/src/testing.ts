export { dockerForTests, whyNoDocker, type DockerForTests } from './testing/docker/docker-for-tests.ts';
export { connectImage } from './testing/images/connect-image.ts';
export { loadArchive, loadImages } from './testing/images/load-images.ts';
export { postgresImage } from './testing/images/postgres-image.ts';
export { saveNodeImage } from './testing/images/save-node-image.ts';
