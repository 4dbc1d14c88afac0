export { createBlobCipher } from './blob-cipher.ts';
export { type CredentialOwner, openCredentials, rewrapCredentials, sealCredentials } from './credentials.ts';
export { type KeyRing, openKeyRing } from './key-ring.ts';
export { CONCEALED } from './masked-texts.ts';
export { loadOrCreateSecretKey, readSecretKey } from './secret-key.ts';
export { isKeyToken, isSealed, openAll, openVault, type Vault } from './vault.ts';
