// The three signatures of a hand-over, and what follows from the last.
#include <algorithm>

#include "attribution/claim.h"
#include "attribution/handover.h"
#include "attribution/holders.h"
#include "attribution/rules.h"
#include "base/length.h"

namespace guanhu::attribution {

using base::Error;
using base::Json;
using base::JsonObject;
using records::Record;

const char* signer_word(Signer signer) {
  return signer == Signer::giver ? "giver" : signer == Signer::taker ? "taker" : "witness";
}

namespace {

struct Work {
  const HandoverView& view;
  const policy::Pack& pack;
  Record record;
  std::vector<HandoverItem> items;  // those that go
  std::vector<HandoverItem> stays;
  std::string note;
  const RegisterDoing& recording;

  std::string text(const char* member) const { return body_text(record, member); }
  bool has(const char* signer) const {
    const Json* all = record.body.find("signatures");
    return all && all->find(signer);
  }
};

base::Status may_sign(const Work& w, Signer signer) {
  if (w.record.state != "signing")
    return Error{"handover.state", w.record.state == "draft" ? "这件移交还没有开始签字" : "这件移交已经结束", "",
                 "打开它看现在的状态"};
  if (w.has(signer_word(signer))) return Error{"handover.signed", "已经签过了", "", ""};
  if (base::characters(w.note) > 2000) return Error{"handover.note", "备注太长", "note", "写在两千字以内"};
  if (signer == Signer::witness) {
    if (!w.has("giver") || !w.has("taker"))
      return Error{"handover.order", "移交的人和接手的人都签了，监交的人才签", "", "等两人签完"};
    return {};
  }
  const auto open = std::count_if(w.items.begin(), w.items.end(), [&](const HandoverItem& one) {
    return (signer == Signer::giver ? one.given_at : one.taken_at).empty();
  });
  if (open > 0)
    return Error{"handover.items", "还有 " + std::to_string(open) + " 项没有逐项签", "items",
                 "逐项签完，或写明原因留下不移交"};
  return {};
}

std::string where_of(const std::vector<HandoverItem>& items) {
  std::string out;
  for (const auto& one : items) {
    if (one.kind != "customer" && one.kind != "account" && one.kind != "loan") continue;
    out += (out.empty() ? "" : ", ") + sql_literal(one.object);
    if (!one.customer.empty() && one.customer != one.object) out += ", " + sql_literal(one.customer);
  }
  return out.empty() ? "" : "f.subject_id IN (" + out + ")";
}

// Who serves each of the customers, accounts and loans from the day on. What is held through the customer goes
// with the customer; a loan that goes while its customer stays, or the other way round, gets an assignment of its
// own.
std::vector<Assign> assigns(const Work& w) {
  std::vector<Assign> out;
  const std::string giver = w.text("giver"), taker = w.text("taker");
  std::vector<HandoverItem> all = w.items;
  all.insert(all.end(), w.stays.begin(), w.stays.end());
  const std::string where = where_of(all);
  if (where.empty()) return out;
  const HoldersOf holders = holders_on(w.view.warehouse, *w.record.day, where);
  auto held = [&](const std::string& kind, const std::string& id) {
    auto at = holders.find({kind, id});
    return at == holders.end() ? std::vector<ManagerShare>() : at->second;
  };
  auto by_giver = [&](const std::vector<ManagerShare>& all_of) {
    return std::any_of(all_of.begin(), all_of.end(), [&](const auto& m) { return m.staff == giver; });
  };
  auto customer_goes = [&](const HandoverItem& loan) {
    return std::any_of(w.items.begin(), w.items.end(),
                       [&](const auto& one) { return one.kind == "customer" && one.object == loan.customer; });
  };
  auto add = [&](const HandoverItem& one, std::vector<ManagerShare> managers) {
    out.push_back({one.kind, one.object, one.customer, one.org, *w.record.day, std::nullopt, std::move(managers),
                   w.record.title, "handover", w.record.id});
  };
  for (const HandoverItem& one : w.items) {
    auto own = held(one.kind, one.object);
    if (own.empty() && one.kind == "loan" && !customer_goes(one)) own = held("customer", one.customer);
    if (by_giver(own)) add(one, passed_on(std::move(own), giver, taker));
  }
  for (const HandoverItem& one : w.stays)
    if (one.kind == "loan" && customer_goes(one) && held("loan", one.object).empty())
      if (auto through = held("customer", one.customer); by_giver(through))
        add(one, made_whole(std::move(through)));
  return out;
}

base::Status write_liability(const Work& w) {
  const std::string name = w.pack.id + "/handover-liability";
  for (const HandoverItem& one : w.items) {
    if (one.kind != "loan") continue;
    const Json* grade = one.detail.find("class");
    const Json* days = one.detail.find("overdue_days");
    const auto late = days && days->as_number() ? days->as_number()->to_int64().value_or(0) : 0;
    auto shared =
        liability_of(w.pack, grade && grade->as_string() ? *grade->as_string() : "", late, *w.record.day);
    if (!shared) return shared.error();
    for (const auto& [staff, share] :
         {std::pair{w.text("giver"), shared->giver}, {w.text("taker"), shared->taker}})
      w.view.session.exec(
          "INSERT INTO liability_shares (loan, handover, staff_id, share, from_day, policy, why, at) VALUES (?, "
          "?, ?, "
          "?, ?, ?, ?, ?)",
          {one.object, w.record.id, staff, int64_t{share}, w.record.day->str(), name, shared->why,
           w.recording.at.str()});
  }
  return {};
}

void add_signature(Work& w, Signer signer) {
  JsonObject body, signatures;
  if (const auto* was = w.record.body.as_object())
    for (const auto& [name, value] : *was) {
      if (name == "signatures" && value.as_object()) signatures = *value.as_object();
      else body.emplace_back(name, value);
    }
  signatures.emplace_back(signer_word(signer), JsonObject{{"login", w.recording.login},
                                                          {"person", w.recording.person},
                                                          {"at", w.recording.at.str()},
                                                          {"note", w.note}});
  body.emplace_back("signatures", std::move(signatures));
  w.record.body = std::move(body);
}

// Everything in one transaction; an error undoes it by throwing.
struct Refused {
  Error error;
};

Effect take_effect(Work& w, const records::Doing& doing, const std::vector<Assign>& asks) {
  if (auto fine = handover_day(w.pack, *w.record.day, w.recording.today); !fine) throw Refused{fine.error()};
  for (const Assign& one : asks)
    if (auto fine = check(w.view.session, w.view.directory, one); !fine) throw Refused{fine.error()};
  w.record.state = "done";
  auto written = records::write_in(w.view.session, {w.record, "handover.done", w.note}, doing);
  if (!written) throw Refused{written.error()};
  if (auto fine = write_liability(w); !fine) throw Refused{fine.error()};
  return {*written, record_in(w.view.session, asks, false, w.recording), w.items};
}

}  // namespace

base::Result<Effect> sign_handover(const HandoverView& view, const policy::Pack& pack, int64_t id, int64_t version,
                                   Signer signer, const std::string& note, const records::Doing& doing,
                                   const RegisterDoing& recording) {
  std::optional<base::Result<Effect>> out;
  try {
    view.session.transaction([&] {
      auto found = records::record(view.session, kHandoverKind, id);
      if (!found || found->removed) throw Refused{{"handover.unknown", "没有这一件移交", "", ""}};
      found->version = version;
      Work w{view, pack, *found, {}, {}, note, recording};
      for (HandoverItem& one : items_of(view.session, id))
        (one.left_out.empty() ? w.items : w.stays).push_back(std::move(one));
      if (auto fine = may_sign(w, signer); !fine) throw Refused{fine.error()};
      add_signature(w, signer);
      if (signer == Signer::witness) {
        out = take_effect(w, doing, assigns(w));
        return;
      }
      auto written = records::write_in(view.session, {w.record, "handover.sign"}, doing);
      if (!written) throw Refused{written.error()};
      out = Effect{*written, {}, {}};
    });
  } catch (const Refused& refused) {
    return refused.error;
  }
  return std::move(*out);
}

namespace {
std::vector<LiabilityShare> shares(store::Session& session, const char* where, const store::Value& value) {
  std::vector<LiabilityShare> out;
  for (const auto& r :
       session.query(std::string("SELECT loan, staff_id, handover, share, from_day, policy, why FROM "
                                 "liability_shares WHERE ") +
                         where + " = ? ORDER BY handover DESC, loan, share DESC, staff_id",
                     {value}))
    out.push_back({r.text(0), r.text(1), r.integer(2), static_cast<int32_t>(r.integer(3)),
                   base::Date::parse(r.text(4)).value(), r.text(5), r.text(6)});
  return out;
}
}  // namespace

std::vector<LiabilityShare> liability(store::Session& session, const std::string& loan) {
  return shares(session, "loan", loan);
}
std::vector<LiabilityShare> liability_of_handover(store::Session& session, int64_t handover) {
  return shares(session, "handover", handover);
}

}  // namespace guanhu::attribution
