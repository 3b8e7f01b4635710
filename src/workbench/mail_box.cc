// Folders, stars, receipts, recalls, what has become old.
#include <algorithm>

#include "base/length.h"
#include "workbench/mail.h"

namespace guanhu::workbench {

using base::Error;
using base::JsonObject;
using store::Value;

std::vector<BoxRow> box(store::Session& session, const std::string& person, const BoxFilter& filter) {
  std::string sql =
      "SELECT b.letter_id, l.thread, b.side, b.how, b.folder, l.sender, l.sent_at, coalesce(b.read_at, ''), "
      "l.subject,"
      " l.excerpt, l.shown_to, coalesce(l.recalled_at, ''), b.starred, l.important, l.files FROM mail_boxes b"
      " JOIN mail_letters l ON l.letter_id = b.letter_id WHERE b.person = ? AND b.folder <> 'gone'";
  std::vector<Value> with = {person};
  if (filter.folder == "starred") sql += " AND b.starred = 1";
  else if (!filter.folder.empty()) sql += " AND b.folder = ?", with.emplace_back(filter.folder);
  if (filter.unread) sql += " AND b.side = 'in' AND b.read_at IS NULL";
  if (filter.thread) sql += " AND l.thread = ?", with.emplace_back(filter.thread);
  sql += " ORDER BY l.sent_at DESC, b.letter_id DESC, b.side LIMIT ?";
  with.emplace_back(static_cast<int64_t>(filter.limit));
  std::vector<BoxRow> out;
  for (const auto& row : session.query(sql, with)) {
    BoxRow of;
    of.letter = row.integer(0), of.thread = row.integer(1);
    if (filter.only && !filter.only->contains(of.letter)) continue;
    // Who writes to himself as well has it once in a conversation.
    if (filter.thread && !out.empty() && out.back().letter == of.letter) continue;
    std::string* texts[] = {&of.side,    &of.how,     &of.folder,  &of.sender,   &of.sent_at,
                            &of.read_at, &of.subject, &of.excerpt, &of.shown_to, &of.recalled_at};
    for (size_t i = 0; i < std::size(texts); ++i) *texts[i] = row.text(2 + i);
    of.starred = row.integer(12) != 0, of.important = row.integer(13) != 0, of.files = row.integer(14);
    out.push_back(std::move(of));
  }
  return out;
}

int64_t unread_letters(store::Session& session, const std::string& person) {
  return session
      .query("SELECT count(*) FROM mail_boxes WHERE person = ? AND folder = 'inbox' AND read_at IS NULL",
             {person})[0]
      .integer(0);
}

base::Status mark_letter(store::Session& session, int64_t id, const std::string& person, const Mark& mark,
                         const TodoDoing& doing) {
  if (!has_letter(session, id, person)) return Error{"mail.unknown", "没有这封邮件", "", ""};
  const std::string& folder = mark.folder;
  if (!folder.empty() && folder != "inbox" && folder != "sent" && folder != "archived")
    return Error{"mail.folder", "没有“" + folder + "”这个文件夹", "folder", ""};
  session.transaction([&] {
    if (mark.read)
      session.exec(
          "UPDATE mail_boxes SET read_at = CASE WHEN ? = 1 THEN coalesce(read_at, ?) ELSE NULL END"
          " WHERE letter_id = ? AND person = ? AND side = 'in'",
          {int64_t{*mark.read}, doing.at.str(), id, person});
    if (mark.starred)
      session.exec("UPDATE mail_boxes SET starred = ? WHERE letter_id = ? AND person = ?",
                   {int64_t{*mark.starred}, id, person});
    if (folder == "archived")
      session.exec(
          "UPDATE mail_boxes SET folder = 'archived' WHERE letter_id = ? AND person = ?"
          " AND folder <> 'gone'",
          {id, person});
    else if (!folder.empty())
      // Back to where it belongs: what came to the inbox, what was sent to the sent ones.
      session.exec(
          "UPDATE mail_boxes SET folder = CASE WHEN side = 'in' THEN 'inbox' ELSE 'sent' END"
          " WHERE letter_id = ? AND person = ? AND folder <> 'gone'",
          {id, person});
  });
  return {};
}

std::vector<Receipt> receipts_of(store::Session& session, int64_t id) {
  std::vector<Receipt> out;
  for (const auto& row : session.query("SELECT person, how, coalesce(read_at, ''), folder FROM mail_boxes"
                                       " WHERE letter_id = ? AND side = 'in' ORDER BY how DESC, person",
                                       {id}))
    out.push_back({row.text(0), row.text(1), row.text(2), row.text(3) == "gone"});
  return out;
}

base::Result<int64_t> recall_letter(store::Session& session, int64_t id, const std::string& why,
                                    const TodoDoing& doing) {
  if (why.empty() || base::characters(why) > 2000) return Error{"todo.reason", "写明为什么撤回", "reason", ""};
  base::Result<int64_t> out = int64_t{0};
  session.transaction([&] {
    auto rows =
        session.query("SELECT sender, coalesce(recalled_at, '') FROM mail_letters WHERE letter_id = ?", {id});
    if (rows.empty() || rows[0].text(0) != doing.person)
      return void(out = Error{"mail.unknown", "没有这封邮件", "", ""});
    if (!rows[0].text(1).empty()) return void(out = Error{"mail.recalled", "已经撤回过", "", ""});
    session.exec("UPDATE mail_letters SET recalled_at = ?, recall_why = ? WHERE letter_id = ?",
                 {doing.at.str(), why, id});
    out = session.exec(
        "UPDATE mail_boxes SET folder = 'gone' WHERE letter_id = ? AND side = 'in' AND read_at IS NULL", {id});
    if (doing.also) doing.also("letter.recall", "letter " + std::to_string(id), JsonObject{{"unread", *out}});
  });
  return out;
}

int64_t expire_letters(store::Session& session, const BankSettings& settings, base::Instant now) {
  const int64_t days = settings.number("keep_days");
  if (days == 0) return 0;
  const std::string before = base::Instant{now.micros - days * 86'400'000'000}.str();
  return session.exec(
      "UPDATE mail_boxes SET folder = 'gone' WHERE sent_at < ? AND starred = 0 AND folder <> 'gone'", {before});
}

}  // namespace guanhu::workbench
