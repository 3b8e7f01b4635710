// The files that keep the importer's state: import_state.bin names the imports it is of, and the digest
// of each part; a part is written when it changed and read when it is needed.
#include <cstring>
#include <fstream>

#include "base/files.h"
#include "feed/state.h"

namespace guanhu::feed {

namespace fs = std::filesystem;

namespace {

constexpr char kMagic[8] = {'G', 'H', 'S', 'T', 'A', 'T', 'E', '2'};
constexpr const char* kHead = "import_state.bin";

template <class T>
bool take(std::string_view& in, std::vector<T>& values) {
  uint64_t n = 0;
  if (in.size() < sizeof n) return false;
  std::memcpy(&n, in.data(), sizeof n);
  in.remove_prefix(sizeof n);
  if (n > in.size() / sizeof(T)) return false;
  values.resize(n);
  if (n > 0) std::memcpy(static_cast<void*>(values.data()), in.data(), n * sizeof(T));
  in.remove_prefix(n * sizeof(T));
  return true;
}

// Written beside and renamed. No sync: what a crash tears is seen by its digest and made anew.
class Output {
 public:
  explicit Output(fs::path to)
      : to_(std::move(to)), beside_(to_.string() + ".new"), out_(beside_, std::ios::binary | std::ios::trunc) {}
  void write(const void* data, size_t size) {
    out_.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
    digest_ = hash_bytes({static_cast<const char*>(data), size}, digest_);
    size_ += size;
  }
  void finish() {
    if (!out_.flush()) throw base::Broken("cannot write " + beside_.string());
    out_.close();
    fs::rename(beside_, to_);
  }
  uint64_t digest() const { return digest_; }
  uint64_t size() const { return size_; }

 private:
  fs::path to_, beside_;
  std::ofstream out_;
  uint64_t digest_ = 0, size_ = 0;
};

struct Known {
  uint64_t digest, size;
};

bool ends_with(const fs::path& file, const Known& known) {
  std::error_code error;
  uint64_t digest = 0;
  if (fs::file_size(file, error) != known.size || error || known.size < sizeof digest) return false;
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(known.size - sizeof digest));
  return in.read(reinterpret_cast<char*>(&digest), sizeof digest) && digest == known.digest;
}

}  // namespace

template <class Visit>
void State::visit_part(size_t part, Visit visit) {
  if (part == kKeys) {
    accounts.each_part(visit);
    loans.each_part(visit);
    orgs.each_part(visit);
    visit(org_versions);
  } else if (part == kStandings) {
    visit(account);
    visit(loan);
  } else {
    seen_[part - kSeen].each_part(visit);
  }
}

fs::path State::file_of(size_t part) const {
  if (part == kKeys) return folder_ / "import_keys.bin";
  if (part == kStandings) return folder_ / "import_standings.bin";
  return folder_ / ("import_seen_" + std::string(tables()[part - kSeen].name) + ".bin");
}

bool State::read_part(size_t part) {
  auto map = base::MappedFile::open(file_of(part));
  if (!map || map->text().size() != parts_[part].size || parts_[part].size < sizeof(uint64_t)) return false;
  std::string_view in = map->text();
  in.remove_suffix(sizeof(uint64_t));
  uint64_t digest = 0;
  bool whole = true;
  // The digest goes vector by vector, as it was written.
  visit_part(part, [&](auto& values) {
    std::string_view before = in;
    whole = whole && take(in, values);
    if (!whole) return;
    digest = hash_bytes(before.substr(0, sizeof(uint64_t)), digest);
    digest = hash_bytes(before.substr(sizeof(uint64_t), before.size() - in.size() - sizeof(uint64_t)), digest);
  });
  if (!whole || !in.empty() || digest != parts_[part].digest) return false;
  parts_[part].loaded = true;
  parts_[part].changed = false;
  return true;
}

uint64_t State::write_part(size_t part) {
  Output out(file_of(part));
  visit_part(part, [&](auto& values) {
    uint64_t n = values.size();
    out.write(&n, sizeof n);
    out.write(values.data(), n * sizeof(values[0]));
  });
  uint64_t digest = out.digest();
  out.write(&digest, sizeof digest);  // so that load() sees at a glance which writing this is
  out.finish();
  parts_[part].size = out.size();
  return digest;
}

bool State::load(const fs::path& folder, int64_t last_import, int64_t last_applied_at) {
  *this = State();
  folder_ = folder;
  auto fail = [&] {
    *this = State();
    return false;
  };
  auto text = base::read_file(folder / kHead);
  constexpr size_t kSize = sizeof kMagic + sizeof(Marks) + sizeof(Known) * kParts;
  if (!text || text->size() != kSize + sizeof(uint64_t)) return fail();
  uint64_t digest;
  std::memcpy(&digest, text->data() + kSize, sizeof digest);
  if (std::memcmp(text->data(), kMagic, sizeof kMagic) != 0 || digest != hash_bytes({text->data(), kSize}))
    return fail();
  std::memcpy(&marks, text->data() + sizeof kMagic, sizeof marks);
  if (marks.last_import != last_import || marks.last_applied_at != last_applied_at) return fail();
  for (size_t part = 0; part < kParts; ++part) {
    Known known;
    std::memcpy(&known, text->data() + sizeof kMagic + sizeof(Marks) + part * sizeof known, sizeof known);
    if (!ends_with(file_of(part), known)) return fail();
    parts_[part] = {known.digest, known.size, false, false};
  }
  if (!read_part(kKeys) || !read_part(kStandings)) return fail();
  return true;
}

void State::save(const fs::path& folder) {
  folder_ = folder;
  fs::create_directories(folder);
  std::string head(kMagic, sizeof kMagic);
  head.append(reinterpret_cast<const char*>(&marks), sizeof marks);
  for (size_t part = 0; part < kParts; ++part) {
    if (parts_[part].changed) parts_[part].digest = write_part(part);
    parts_[part].changed = false;
    Known known{parts_[part].digest, parts_[part].size};
    head.append(reinterpret_cast<const char*>(&known), sizeof known);
  }
  uint64_t digest = hash_bytes(head);
  Output out(folder / kHead);
  out.write(head.data(), head.size());
  out.write(&digest, sizeof digest);
  out.finish();
}

}  // namespace guanhu::feed
