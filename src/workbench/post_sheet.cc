#include "workbench/post_sheet.h"

#include "base/digest.h"
#include "policy/decide.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;
using records::Record;

namespace {

SheetRead read_of(const Record& of) {
  return {of.owner, text_in(of.body, "post"), text_in(of.body, "digest"), of.changed_at};
}

std::vector<Record> all_of(store::Session& session, const char* kind) {
  records::Filter filter;
  filter.kinds = {kind}, filter.limit = 100'000;
  return records::list(session, filter);
}

Json body_of(const PostSheet& of) {
  return JsonObject{{"post", of.post}, {"digest", of.digest}, {"version", of.version}};
}

}  // namespace

std::vector<std::string> posts_in(const policy::Pack& pack) {
  for (const auto& one : pack.decisions) {
    if (one.id != kDutiesDecision) continue;
    const policy::Field* field = one.input("岗位");
    return field && field->type ? field->type->words : std::vector<std::string>{};
  }
  return {};
}

std::string digest_of(const policy::Pack& pack, const Json& result) {
  return base::sha256_hex(pack.id + "\n" + result.dump());
}

base::Result<std::vector<PostSheet>> sheets_of(const policy::Pack& pack, Date on) {
  std::vector<PostSheet> out;
  for (const auto& post : posts_in(pack)) {
    auto answer = policy::decide(pack, kDutiesDecision, JsonObject{{"岗位", post}}, on);
    if (!answer.ok()) return answer.error();
    const Json whole = policy::to_json(*answer);
    const Json* result = whole.find("result");
    out.push_back({post, digest_of(pack, result ? *result : Json()), pack.version});
  }
  return out;
}

void keep_sheets(store::Session& session, const std::vector<PostSheet>& now, Date on,
                 const records::Doing& doing) {
  for (const PostSheet& one : now) {
    const auto before = records::with_key(session, kSheetKind, one.post);
    if (before && text_in(before->body, "digest") == one.digest) continue;
    records::Change change;
    if (before) change.record = *before;
    Record& r = change.record;
    r.kind = kSheetKind, r.key = one.post, r.state = "current", r.owner = "bank", r.day = on;
    r.title = "岗位职责：" + one.post, r.body = body_of(one), change.action = "duty_sheet.write";
    // Another run wrote it meanwhile: it says the same.
    (void)records::write(session, change, doing).ok();
  }
}

std::vector<PostSheet> kept_sheets(store::Session& session) {
  std::vector<PostSheet> out;
  for (const Record& of : all_of(session, kSheetKind))
    out.push_back({text_in(of.body, "post"), text_in(of.body, "digest"), text_in(of.body, "version")});
  return out;
}

std::vector<SheetRead> sheet_reads(store::Session& session) {
  std::vector<SheetRead> out;
  for (const Record& of : all_of(session, kSheetRead)) out.push_back(read_of(of));
  return out;
}

base::Result<SheetRead> confirm_sheet(store::Session& session, const std::string& person, const std::string& org,
                                      const PostSheet& now, const std::string& digest,
                                      const records::Doing& doing) {
  if (digest != now.digest)
    return Error{"duties.changed", "“" + now.post + "”的岗位职责已经改了", now.post, "重新看过再确认"};
  const std::string key = person + "|" + now.post;
  const auto before = records::with_key(session, kSheetRead, key);
  if (before && text_in(before->body, "digest") == digest) return read_of(*before);
  records::Change change;
  if (before) change.record = *before;
  Record& r = change.record;
  r.kind = kSheetRead, r.key = key, r.state = "confirmed", r.owner = person, r.org = org;
  r.title = "已阅读并理解岗位职责：" + now.post, r.body = body_of(now), change.action = "duty_read.confirm";
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return read_of(*written);
}

}  // namespace guanhu::workbench
