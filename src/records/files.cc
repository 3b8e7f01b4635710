// Files by the digest of their bytes: the same photo brought twice is kept once.
#include <sodium.h>

#include <algorithm>

#include "base/digest.h"
#include "records/records.h"
#include "records/words.h"

namespace guanhu::records {

using base::Error;
using base::Result;

namespace {

struct Kind {
  std::string_view type, begins;  // how bytes of the type begin; "": text
};
constexpr std::string_view kZip = "PK\x03\x04", kOld = "\xD0\xCF\x11\xE0";
constexpr Kind kTypes[] = {{"image/jpeg", "\xFF\xD8\xFF"},
                           {"image/png", "\x89PNG"},
                           {"image/gif", "GIF8"},
                           {"image/webp", "RIFF"},
                           {"application/pdf", "%PDF-"},
                           {"application/zip", kZip},
                           {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", kZip},
                           {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kZip},
                           {"application/vnd.openxmlformats-officedocument.presentationml.presentation", kZip},
                           {"application/msword", kOld},
                           {"application/vnd.ms-excel", kOld},
                           {"application/vnd.ms-powerpoint", kOld},
                           {"text/plain", ""},
                           {"text/csv", ""}};

base::Status check(const std::string& name, const std::string& type, std::string_view bytes) {
  if (name.empty() || name.size() > 200 || name.find_first_of("/\\\r\n\"") != name.npos ||
      name.find('\0') != name.npos)
    return Error{"file.name", "文件名为空、太长，或含有 / \\ \" 等字符", "name", "改个文件名再传"};
  if (bytes.empty()) return Error{"file.empty", "文件“" + name + "”是空的", "", "换一个有内容的文件"};
  if (bytes.size() > kFileLimit)
    return Error{"file.size", "文件“" + name + "”有 " + std::to_string(bytes.size() >> 20) + " MB 多", "",
                 "最大 " + std::to_string(kFileLimit >> 20) + " MB：压缩，或分开传"};
  auto known = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const Kind& k) { return k.type == type; });
  if (known == std::end(kTypes))
    return Error{"file.type", "不收“" + type + "”这种文件", "", "图片、PDF、文本、Word、Excel 或 PPT"};
  const bool fits = known->begins.empty() ? bytes.find('\0') == bytes.npos : bytes.starts_with(known->begins);
  if (!fits) return Error{"file.type", "“" + name + "”的内容不是 " + type, "", "换成真正的这种文件，或改对扩展名"};
  return {};
}

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the closing zero
  return out;
}

File read(const store::Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.integer(3), row.text(4), row.text(5)};
}
constexpr const char* kSelect = "SELECT f.digest, f.name, f.type, f.size, f.at, f.actor FROM record_files f";

Error unknown(const std::string& digest) {
  return {"file.unknown", "没有文件 " + digest.substr(0, 16), "", "先传文件，再写进记录"};
}

}  // namespace

Result<File> keep_file(store::Session& session, const std::string& name, const std::string& type,
                       std::string_view bytes, const Doing& doing) {
  if (auto right = check(name, type, bytes); !right.ok()) return right.error();
  const std::string digest = base::sha256_hex(bytes);
  session.transaction([&] {
    if (!session.query("SELECT 1 FROM record_files WHERE digest = ?", {digest}).empty()) return;
    session.exec(
        "INSERT INTO record_files (digest, name, type, size, at, actor, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {digest, name, type, static_cast<int64_t>(bytes.size()), doing.at.str(), doing.login, base64(bytes)});
  });
  return file(session, digest);
}

Result<File> file(store::Session& session, const std::string& digest) {
  auto rows = session.query(std::string(kSelect) + " WHERE f.digest = ?", {digest});
  if (rows.empty()) return unknown(digest);
  return read(rows[0]);
}

std::string bytes_of(store::Session& session, const std::string& digest) {
  auto rows = session.query("SELECT bytes FROM record_files WHERE digest = ?", {digest});
  if (rows.empty()) throw base::Broken("no file " + digest);
  const std::string& text = rows[0].text(0);
  std::string out(text.size() / 4 * 3 + 3, '\0');
  size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(),
                        nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
    throw base::Broken("file " + digest + " is damaged");
  out.resize(size);
  if (base::sha256_hex(out) != digest) throw base::Broken("file " + digest + " is damaged");
  return out;
}

std::vector<File> files_of(store::Session& session, int64_t record) {
  std::vector<File> out;
  for (const auto& row : session.query(std::string(kSelect) + " JOIN record_file_links l ON l.digest = f.digest"
                                                              " WHERE l.record_id = ? ORDER BY l.place",
                                       {record}))
    out.push_back(read(row));
  return out;
}

std::vector<int64_t> records_with(store::Session& session, const std::string& digest) {
  std::vector<int64_t> out;
  for (const auto& row : session.query(
           "SELECT DISTINCT record_id FROM record_file_links WHERE digest = ? ORDER BY record_id", {digest}))
    out.push_back(row.integer(0));
  return out;
}

base::Status check_files(store::Session& session, const std::vector<std::string>& files) {
  for (const auto& digest : files)
    if (session.query("SELECT 1 FROM record_files WHERE digest = ?", {digest}).empty()) {
      Error error = unknown(digest);
      error.code = "record.file", error.where = "files";
      return error;
    }
  return {};
}

void link_files(store::Session& session, int64_t record, const std::vector<std::string>& files) {
  session.exec("DELETE FROM record_file_links WHERE record_id = ?", {record});
  for (size_t i = 0; i < files.size(); ++i)
    session.exec("INSERT INTO record_file_links (record_id, place, digest) VALUES (?, ?, ?)",
                 {record, static_cast<int64_t>(i), files[i]});
}

}  // namespace guanhu::records
