import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { ContinuoError } from '../../../../core/errors.ts';
import { addressing } from './address.ts';
import { encodedPath, signed } from './sign.ts';
import { allIn, escaped, textIn } from './xml.ts';

const keys = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const example = { ...keys, region: 'us-east-1', now: new Date('2013-05-24T00:00:00Z') };

// The examples are those of the description of Signature Version 4.
test('a request is signed as S3 describes it', () => {
  const get = signed({
    ...example,
    method: 'GET',
    url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
    headers: { range: 'bytes=0-9' },
    digest: hash('sha256', ''),
  });
  assert.equal(
    get['authorization'],
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
  const put = signed({
    ...example,
    method: 'PUT',
    url: new URL(`https://examplebucket.s3.amazonaws.com/${encodedPath('test$file.text')}`),
    headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
    digest: hash('sha256', 'Welcome to Amazon S3.'),
  });
  assert.match(put['authorization'] ?? '', /Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd$/);
});

test('a query without a value is signed with an empty one', () => {
  const lifecycle = signed({
    ...example,
    method: 'GET',
    url: new URL('https://examplebucket.s3.amazonaws.com/?lifecycle'),
    headers: {},
    digest: hash('sha256', ''),
  });
  assert.match(lifecycle['authorization'] ?? '', /Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543$/);
});

test('the bucket is named in the host of Amazon’s servers and in the path of others, unless it is said', () => {
  const at = (endpoint: string, bucket: string, how?: 'path' | 'host'): string =>
    addressing({ ...keys, endpoint, bucket, ...(how === undefined ? {} : { addressing: how }) })('a b/ü', { uploads: '' }).href;
  assert.equal(at('https://s3.eu-central-1.amazonaws.com', 'films'), 'https://films.s3.eu-central-1.amazonaws.com/a%20b/%C3%BC?uploads=');
  assert.equal(
    at('https://s3.eu-central-1.amazonaws.com', 'my.films'),
    'https://s3.eu-central-1.amazonaws.com/my.films/a%20b/%C3%BC?uploads=',
  );
  assert.equal(at('http://localhost:9000/', 'films'), 'http://localhost:9000/films/a%20b/%C3%BC?uploads=');
  assert.equal(at('http://localhost:9000/store', 'films'), 'http://localhost:9000/store/films/a%20b/%C3%BC?uploads=');
  assert.equal(at('https://objects.example.com', 'films', 'host'), 'https://films.objects.example.com/a%20b/%C3%BC?uploads=');
  for (const endpoint of ['objects.example.com', 'ftp://objects.example.com', 'https://key:secret@objects.example.com'])
    assert.throws(
      () => at(endpoint, 'films'),
      (error) => error instanceof ContinuoError && error.code === 'USAGE' && !error.message.includes('secret'),
    );
});

test('texts of elements are read with what stands for signs', () => {
  const xml = '<?xml version="1.0"?><List xmlns="x"><One><Key>a&amp;b&#34;&#x41;</Key></One><One><Key/><Key>c</Key></One></List>';
  assert.equal(textIn(xml, 'Key'), 'a&b"A');
  assert.deepEqual(allIn(xml, 'One').length, 2);
  assert.equal(textIn(xml, 'Other'), undefined);
  assert.equal(textIn(`<Tag>${escaped('"<&>"')}</Tag>`, 'Tag'), '"<&>"');
});
