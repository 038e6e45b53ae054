//! Archives made for the tests.

use miniz_oxide::deflate::compress_to_vec;

/// A gzip file.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut file = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03main.tar\0".to_vec();
    file.extend(compress_to_vec(bytes, 6));
    file.extend([0; 8]);
    file
}

/// A tar archive.
pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, content) in files {
        let mut header = [0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[148..156].fill(b' ');
        header[156] = b'0';
        header[257..263].copy_from_slice(b"ustar\0");
        let sum: usize = header.iter().map(|&byte| usize::from(byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        archive.extend(header);
        archive.extend(*content);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.extend([0; 1024]);
    archive
}

/// A ZIP archive, deflated; without checksums, which nobody reads here.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    let number = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    for (name, content) in files {
        let packed = compress_to_vec(content, 6);
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let offset = archive.len();
        let common =
            [&b"\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0"[..], &number(packed.len()), &number(content.len()), &length, b"\0\0"]
                .concat();
        archive.extend([&b"PK\x03\x04"[..], &common, name.as_bytes(), &packed].concat());
        let rest = [&b"\0\0\0\0\0\0\0\0\0\0"[..], &number(offset), name.as_bytes()].concat();
        directory.extend([&b"PK\x01\x02\x14\0"[..], &common, &rest].concat());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let (size, offset) = (number(directory.len()), number(archive.len()));
    archive.extend([&directory[..], b"PK\x05\x06\0\0\0\0", &count, &count, &size, &offset, b"\0\0"].concat());
    archive
}
