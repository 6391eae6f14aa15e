export { dockerForTests, whyNoDocker, type DockerForTests } from './testing/docker/docker-for-tests.ts';
export { loadArchive, saveNodeImage } from './testing/own-images.ts';
