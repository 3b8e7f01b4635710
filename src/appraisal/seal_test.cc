// The tree over statements and the receipts from it; the golden hashes are those of RFC 6962's own test data and
// of sha256sum.
#include "appraisal/seal.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace guanhu::appraisal {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

StatementData statement(const std::string& holder, int total) {
  StatementData d;
  d.run = 7, d.scheme = "sample/经营业绩", d.period = "2025Q4", d.known_at = "2026-01-05T00:00:00Z";
  d.pack_hash = "p", d.engine = "1", d.run_hash = "r";
  d.result = JsonObject{{"id", holder},
                        {"figures", JsonObject{{"日均\t余额", JsonObject{{"value", total}, {"unit", "元"}}}}},
                        {"total", total},
                        {"grade", Json()}};
  d.salt = std::string(32, 'a');
  return d;
}

Receipt receipt_for(const Sealing& sealing, size_t index) {
  std::vector<std::string> hashes;
  for (const auto& leaf : sealing.leaves) hashes.push_back(leaf.hash);
  Receipt out;
  out.run = 7, out.scheme = "sample/经营业绩", out.period = "2025Q4", out.sealed_at = "2026-02-01T00:00:00Z";
  out.holder = sealing.leaves[index].holder, out.text = sealing.leaves[index].text;
  out.leaf = hashes[index], out.root = sealing.root;
  out.index = index, out.of = hashes.size(), out.path = merkle_path(hashes, index);
  return out;
}

Sealing sealing_for(int holders) {
  std::vector<std::pair<std::string, StatementData>> all;
  for (int i = 0; i < holders; ++i) {
    std::string id = "M" + std::to_string(100 + i);
    all.emplace_back(id, statement(id, i));
  }
  return sealing_of(std::move(all));
}

TEST(Receipt, IsRefusedWhenItIsNone) {
  EXPECT_EQ(read_receipt("<html></html>").error().code, "receipt.none");
  EXPECT_EQ(read_receipt("").error().code, "receipt.none");
  EXPECT_EQ(read_receipt("<script type=\"application/json\" id=\"guanhu-receipt\">{").error().code,
            "receipt.none");
  EXPECT_EQ(read_receipt("{\"kind\": ").error().code, "receipt.json");
  EXPECT_EQ(read_receipt("{}").error().code, "receipt.shape");
  EXPECT_EQ(read_receipt(R"({"kind": "guanhu.receipt", "version": 2})").error().code, "receipt.shape");
  EXPECT_EQ(read_receipt(R"({"kind": "guanhu.receipt", "version": 1})").error().code, "receipt.shape");
  Json json = to_json(receipt_for(sealing_for(3), 1));
  (*json.as_object())[8].second = "ABC";
  for (auto& [name, value] : *json.as_object())
    if (name == "root") value = std::string(64, 'x');
  EXPECT_EQ(read_receipt(json.dump()).error().code, "receipt.shape") << "a root that is no hash";
}

TEST(Receipt, ShowsWhateverWasChanged) {
  const Receipt good = receipt_for(sealing_for(5), 2);
  ASSERT_TRUE(check_receipt(good).ok());
  Receipt r = good;
  r.text.replace(r.text.find("total\t2"), 7, "total\t9");
  EXPECT_EQ(check_receipt(r).error().code, "receipt.leaf");
  r = good;
  r.holder = "M101";
  EXPECT_EQ(check_receipt(r).error().where, "id") << "somebody else's name on it";
  r = good;
  r.period = "2025Q3";
  EXPECT_EQ(check_receipt(r).error().where, "period");
  r = good;
  r.path[1].left = !r.path[1].left;
  EXPECT_EQ(check_receipt(r).error().code, "receipt.root");
  r = good;
  r.path.pop_back();
  EXPECT_EQ(check_receipt(r).error().code, "receipt.root");
  r = good;
  r.root[0] = r.root[0] == '0' ? '1' : '0';
  EXPECT_EQ(check_receipt(r).error().code, "receipt.root");
}

TEST(Receipt, ProvesEveryLeafOfTreesOfAllSizes) {
  for (int n = 1; n <= 17; ++n) {
    const Sealing sealing = sealing_for(n);
    for (int i = 0; i < n; ++i) {
      auto back = read_receipt(to_json(receipt_for(sealing, static_cast<size_t>(i))).dump());
      ASSERT_TRUE(back.ok()) << n << " " << i;
      EXPECT_TRUE(check_receipt(*back).ok()) << n << " " << i;
      for (const auto& leaf : sealing.leaves) {
        if (leaf.holder == back->holder) continue;
        EXPECT_EQ(to_json(*back).dump().find(leaf.salt + "\\n" + leaf.holder), std::string::npos);
        EXPECT_EQ(back->text.find(leaf.holder), std::string::npos) << "nobody else is shown";
      }
    }
  }
}

TEST(Receipt, IsFoundInsideAStatement) {
  const Receipt good = receipt_for(sealing_for(4), 0);
  auto back = read_receipt("<!doctype html><p>x</p><script type=\"application/json\" id=\"guanhu-receipt\">" +
                           to_json(good).dump() + "</script>");
  ASSERT_TRUE(back.ok()) << back.error().text();
  EXPECT_EQ(back->leaf, good.leaf);
  EXPECT_TRUE(check_receipt(*back).ok());
}

// https://www.rfc-editor.org/rfc/rfc6962: the empty string's leaf; the tree over two of Google's test leaves.
TEST(MerkleTree, HashesAsTheStandardSays) {
  EXPECT_EQ(leaf_hash(""), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(merkle_root({leaf_hash("")}), leaf_hash(""));
  const std::string zero(1, '\0');
  EXPECT_EQ(leaf_hash(zero), base::sha256_hex(std::string(2, '\0')));
  EXPECT_EQ(merkle_root({leaf_hash(""), leaf_hash(zero)}),
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  const std::vector<std::string> three = {leaf_hash("a"), leaf_hash("b"), leaf_hash("c")};
  EXPECT_EQ(merkle_root(three), node_hash(node_hash(three[0], three[1]), three[2]));
  EXPECT_NE(merkle_root({three[1], three[0], three[2]}), merkle_root(three)) << "the order counts";
  EXPECT_THROW(merkle_root({}), base::Broken);
  EXPECT_THROW(merkle_path(three, 3), base::Broken);
  EXPECT_THROW(node_hash("x", three[0]), base::Broken);
}

TEST(StatementText, IsCanonical) {
  StatementData d = statement("M1", 5);
  d.corrections = JsonArray{JsonObject{{"figure", "日均余额"}, {"value", "6"}}};
  EXPECT_EQ(
      statement_text(d),
      "guanhu-statement\t1\nrun\t7\nscheme\tsample/经营业绩\nperiod\t2025Q4\nknown_at\t2026-01-05T00:00:00Z\n"
      "pack_hash\tp\nengine\t1\nrun_hash\tr\nid\tM1\nfigures.日均 余额.value\t5\nfigures.日均 余额.unit\t元\n"
      "total\t5\ngrade\tnull\ncorrection[1].figure\t日均余额\ncorrection[1].value\t6\nsalt\t" +
          std::string(32, 'a') + "\n");
  EXPECT_NE(leaf_hash(statement_text(statement("M1", 5))), leaf_hash(statement_text(statement("M1", 6))));
  EXPECT_NE(random_salt(), random_salt());
  EXPECT_EQ(random_salt().size(), 32u);
}

}  // namespace
}  // namespace guanhu::appraisal
