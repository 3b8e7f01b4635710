#include "workbench/product.h"

#include <algorithm>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kPapers = 60, kPoints = 30, kLong = 4000;

std::string state_title(const std::string& state) {
  if (state == "draft") return "是草稿";
  if (state == "proposed") return "在等另一个人复核";
  if (state == "published") return "已经公布";
  return "已经撤下";
}

Json body_of(const Product& p) {
  Json card = json_of(p.card);
  JsonObject out = *card.as_object();
  out.emplace_back("published", p.published ? json_of(*p.published) : Json());
  out.emplace_back("published_at", p.published_at), out.emplace_back("proposed_by", p.proposed_by);
  out.emplace_back("checked_by", p.checked_by), out.emplace_back("said", said_json(p.said));
  return out;
}

base::Result<Product> kept(store::Session& session, const Product& p, const std::string& action,
                           const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = p.record, change.record.body = body_of(p), change.action = action, change.why = why;
  change.words = customer_text(p.card) + "\n" + p.card.note;
  for (const auto* points : {&p.card.difficult, &p.card.risks})
    for (const auto& one : *points) change.words += "\n" + one;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return product_of(*written);
}

base::Result<Product> opened(store::Session& session, int64_t id, int64_t version,
                             std::initializer_list<const char*> states) {
  auto found = records::record(session, kProduct, id);
  if (!found.ok()) return found.error();
  Product p = product_of(*found);
  if (version) p.record.version = version;
  if (std::none_of(states.begin(), states.end(), [&](const char* one) { return found->state == one; }))
    return Error{"product.state", "这个产品" + state_title(found->state) + "，不能这样做", "state",
                 "刷新以后再看"};
  return p;
}

base::Status check_words(const AdviceSaid& said) {
  if (said.text.empty() || characters(said.text) > 2000)
    return Error{"suggestion.words", "写理由，最多 2000 字", "text", ""};
  return {};
}

base::Status check(const ProductCard& card) {
  if (card.name.empty() || characters(card.name) > 60)
    return Error{"product.name", "写产品的名称，最多 60 字", "name", ""};
  if (card.business.empty() || characters(card.business) > 40)
    return Error{"product.business", "写属于哪类业务，最多 40 字", "business", ""};
  for (const auto* text : {&card.kind, &card.term, &card.rate, &card.conditions, &card.summary, &card.note})
    if (characters(*text) > kLong) return Error{"product.text", "每一栏最多 4000 字", "conditions", ""};
  if (card.papers.size() > kPapers) return Error{"product.papers", "资料最多 60 样", "papers", ""};
  for (size_t i = 0; i < card.papers.size(); ++i)
    if (card.papers[i].name.empty() || characters(card.papers[i].name) > 100 || card.papers[i].copies < 0 ||
        card.papers[i].copies > 99)
      return Error{"product.papers", "第 " + std::to_string(i + 1) + " 样资料没有名称，或者份数不对",
                   "papers/" + std::to_string(i), ""};
  for (const auto* points : {&card.difficult, &card.risks})
    if (points->size() > kPoints) return Error{"product.points", "难点、风险点各最多 30 条", "difficult", ""};
  return {};
}

}  // namespace

Json json_of(const ProductCard& card) {
  JsonArray papers;
  for (const ProductPaper& one : card.papers)
    papers.push_back(
        JsonObject{{"name", one.name}, {"note", one.note}, {"copies", one.copies}, {"original", one.original}});
  return JsonObject{{"name", card.name},
                    {"business", card.business},
                    {"product_kind", card.kind},
                    {"term", card.term},
                    {"rate", card.rate},
                    {"conditions", card.conditions},
                    {"summary", card.summary},
                    {"papers", std::move(papers)},
                    {"difficult", texts_json(card.difficult)},
                    {"risks", texts_json(card.risks)},
                    {"ask_org", card.ask_org},
                    {"ask_person", card.ask_person},
                    {"note", card.note}};
}

ProductCard card_in(const Json& body) {
  ProductCard card;
  card.name = text_in(body, "name"), card.business = text_in(body, "business");
  card.kind = text_in(body, "product_kind"), card.term = text_in(body, "term"), card.rate = text_in(body, "rate");
  card.conditions = text_in(body, "conditions"), card.summary = text_in(body, "summary");
  for (const Json& one : list_in(body, "papers"))
    card.papers.push_back(
        {text_in(one, "name"), text_in(one, "note"), whole_in(one, "copies"), flag_in(one, "original")});
  card.difficult = texts_in(body, "difficult"), card.risks = texts_in(body, "risks");
  card.ask_org = text_in(body, "ask_org"), card.ask_person = text_in(body, "ask_person");
  card.note = text_in(body, "note");
  return card;
}

std::vector<std::string> filled_elements(const ProductCard& card) {
  std::vector<std::string> out;
  for (const auto& [word, text] :
       {std::pair("种类", &card.kind), {"期限", &card.term}, {"利率", &card.rate}, {"条件", &card.conditions}})
    if (!text->empty()) out.emplace_back(word);
  return out;
}

std::string customer_text(const ProductCard& card) {
  std::string out = card.name + "\n" + card.business + "\n" + card.kind + "\n" + card.term + "\n" + card.rate +
                    "\n" + card.conditions + "\n" + card.summary;
  for (const ProductPaper& one : card.papers) out += "\n" + one.name + " " + one.note;
  return out;
}

std::string papers_message(const ProductCard& card, const std::string& bank) {
  std::string out = "您好，办理“" + card.name + "”请带好：\n";
  int n = 0;
  for (const ProductPaper& one : card.papers) {
    out += std::to_string(++n) + ". " + one.name;
    if (one.original) out += "原件";
    if (one.copies) out += std::string(one.original ? "和" : "") + "复印件 " + std::to_string(one.copies) + " 份";
    if (!one.note.empty()) out += "（" + one.note + "）";
    out += "\n";
  }
  if (card.papers.empty()) out += "不用另外准备资料。\n";
  return out + "带齐一次办好，有不清楚的请先打电话问。" + bank;
}

Product product_of(const records::Record& record) {
  if (record.kind != kProduct) throw base::Broken("record " + std::to_string(record.id) + " is no product");
  Product p;
  p.record = record, p.card = card_in(record.body), p.said = said_in(record.body);
  if (const Json* published = record.body.find("published"); published && published->as_object())
    p.published = card_in(*published);
  p.published_at = text_in(record.body, "published_at"), p.proposed_by = text_in(record.body, "proposed_by");
  p.checked_by = text_in(record.body, "checked_by");
  return p;
}

base::Result<Product> save_product(store::Session& session, const Product& ask, const records::Doing& doing) {
  if (auto fits = check(ask.card); !fits.ok()) return fits.error();
  Product p = ask;
  if (p.record.id) {
    auto before = opened(session, p.record.id, p.record.version, {"draft", "published", "withdrawn"});
    if (!before.ok()) return before;
    p = *before, p.card = ask.card;
  }
  p.record.kind = kProduct, p.record.state = "draft", p.record.title = p.card.name;
  p.proposed_by.clear(), p.checked_by.clear();
  return kept(session, p, "product.write", "", doing);
}

base::Result<Product> propose_product(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                      const records::Doing& doing) {
  auto p = opened(session, id, version, {"draft"});
  if (!p.ok()) return p;
  p->record.state = "proposed", p->proposed_by = said.by, p->said.push_back(said);
  return kept(session, *p, "product.propose", said.text, doing);
}

base::Result<Product> check_product(store::Session& session, int64_t id, int64_t version, bool agreed,
                                    const AdviceSaid& said, const records::Doing& doing) {
  auto p = opened(session, id, version, {"proposed"});
  if (!p.ok()) return p;
  if (p->proposed_by == said.by || p->record.changed_by == said.by)
    return Error{"product.same", "自己写的要别人复核", "", "请另一个人复核"};
  if (!agreed)
    if (auto fits = check_words(said); !fits.ok()) return fits.error();
  p->record.state = agreed ? "published" : "draft", p->checked_by = agreed ? said.by : "";
  if (agreed) p->published = p->card, p->published_at = said.at;
  p->said.push_back(said);
  return kept(session, *p, agreed ? "product.publish" : "product.return", said.text, doing);
}

base::Result<Product> withdraw_product(store::Session& session, int64_t id, int64_t version,
                                       const AdviceSaid& said, const records::Doing& doing) {
  auto p = opened(session, id, version, {"draft", "published"});
  if (!p.ok()) return p;
  if (auto fits = check_words(said); !fits.ok()) return fits.error();
  p->record.state = "withdrawn", p->published.reset(), p->published_at.clear(), p->said.push_back(said);
  return kept(session, *p, "product.withdraw", said.text, doing);
}

Contact contact_of(const records::Record& record) {
  return {record, text_in(record.body, "topics"), text_in(record.body, "hours")};
}

base::Result<Contact> save_contact(store::Session& session, const Contact& ask, const records::Doing& doing) {
  if (ask.record.owner.empty()) return Error{"contact.person", "选一位同事", "person", ""};
  if (ask.topics.empty() || characters(ask.topics) > 400)
    return Error{"contact.topics", "写办什么事找他，最多 400 字", "topics", ""};
  records::Change change;
  change.record = ask.record, change.record.kind = kContact, change.record.state = "on";
  change.record.body = JsonObject{{"topics", ask.topics}, {"hours", ask.hours}};
  change.action = "contact.write";
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return contact_of(*written);
}

}  // namespace guanhu::workbench
