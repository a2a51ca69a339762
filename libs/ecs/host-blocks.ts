/** Files, libraries and the registry of a host, as ECS nests them. */

export interface Hashes {
  md5?: string;
  sha1?: string;
  sha256?: string;
  sha512?: string;
}

export interface PortableExecutable {
  company?: string;
  description?: string;
  file_version?: string;
  imphash?: string;
  original_file_name?: string;
  product?: string;
}

export interface CodeSignature {
  exists?: boolean;
  valid?: boolean;
  status?: string;
  subject_name?: string;
}

export interface FileBlock {
  path?: string;
  name?: string;
  directory?: string;
  extension?: string;
  /** Bytes. */
  size?: number;
  mime_type?: string;
  created?: string;
  uid?: string;
  gid?: string;
  hash?: Hashes;
  pe?: PortableExecutable;
  code_signature?: CodeSignature;
}

export interface RegistryBlock {
  hive?: string;
  key?: string;
  path?: string;
  value?: string;
  data?: { type?: string; strings?: readonly string[] };
}

export interface DnsBlock {
  type?: 'query' | 'answer';
  question?: { name?: string };
  answers?: readonly { data: string; type?: string; ttl?: number }[];
  header_flags?: readonly string[];
  resolved_ip?: readonly string[];
  response_code?: string;
}
