-- The tree a new market starts with; the operator edits it later. Ids follow from the slugs, so that every market
-- starts with the same ones.
insert into category (id, parent_id, slug, name_id, name_en, icon, sort)
select md5('category:' || slug)::uuid, md5('category:' || parent)::uuid, slug, name_id, name_en, icon, sort
from (values
  (null, 'elektronik', 'Elektronik', 'Electronics', 'laptop', 1),
  (null, 'fashion', 'Fashion', 'Fashion', 'dress', 2),
  (null, 'kecantikan-kesehatan', 'Kecantikan & Kesehatan', 'Beauty & Health', 'lipstick', 3),
  (null, 'rumah-dapur', 'Rumah & Dapur', 'Home & Kitchen', 'lamp', 4),
  (null, 'ibu-anak', 'Ibu, Anak & Mainan', 'Mother, Kids & Toys', 'teddy', 5),
  (null, 'kebutuhan-harian', 'Kebutuhan Harian', 'Groceries & Pets', 'snack', 6),
  (null, 'buku-hiburan', 'Buku, Kantor & Hiburan', 'Books, Office & Entertainment', 'book', 7),
  (null, 'otomotif-olahraga', 'Otomotif & Olahraga', 'Automotive & Sport', 'car', 8),
  (null, 'emas-perjalanan', 'Emas & Perjalanan', 'Gold & Travel', 'gold', 9),
  (null, 'lainnya', 'Lainnya', 'Everything Else', 'box', 10)
) as root (parent, slug, name_id, name_en, icon, sort);

insert into category (id, parent_id, slug, name_id, name_en, icon, sort)
select md5('category:' || slug)::uuid, md5('category:' || parent)::uuid, slug, name_id, name_en, icon, sort
from (values
  ('elektronik', 'komputer-laptop', 'Komputer & Laptop', 'Computers & Laptops', 'keyboard', 1),
  ('elektronik', 'handphone-tablet', 'Handphone & Tablet', 'Phones & Tablets', 'phone', 2),
  ('elektronik', 'kamera', 'Kamera', 'Cameras', 'camera', 3),
  ('elektronik', 'gaming', 'Gaming', 'Gaming', 'gamepad', 4),
  ('elektronik', 'elektronik-rumah', 'Audio & Elektronik Rumah', 'Audio & Home Electronics', 'speaker', 5),
  ('fashion', 'fashion-wanita', 'Fashion Wanita', 'Women''s Fashion', 'handbag', 1),
  ('fashion', 'fashion-pria', 'Fashion Pria', 'Men''s Fashion', 'shirt', 2),
  ('fashion', 'fashion-muslim', 'Fashion Muslim', 'Muslim Fashion', 'hijab', 3),
  ('fashion', 'fashion-anak-bayi', 'Fashion Anak & Bayi', 'Kids & Baby Fashion', 'romper', 4),
  ('kecantikan-kesehatan', 'kecantikan', 'Kecantikan', 'Beauty', 'lipstick', 1),
  ('kecantikan-kesehatan', 'perawatan-tubuh', 'Perawatan Tubuh', 'Body Care', 'lotion', 2),
  ('kecantikan-kesehatan', 'kesehatan', 'Kesehatan', 'Health', 'medicine', 3),
  ('rumah-dapur', 'rumah-tangga', 'Rumah Tangga', 'Household', 'lamp', 1),
  ('rumah-dapur', 'dapur', 'Dapur', 'Kitchen', 'pan', 2),
  ('rumah-dapur', 'pertukangan', 'Pertukangan', 'Carpentry & Tools', 'drill', 3),
  ('rumah-dapur', 'properti', 'Properti & Taman', 'Property & Garden', 'plant', 4),
  ('ibu-anak', 'ibu-bayi', 'Ibu & Bayi', 'Mother & Baby', 'babybottle', 1),
  ('ibu-anak', 'mainan-hobi', 'Mainan & Hobi', 'Toys & Hobbies', 'teddy', 2),
  ('kebutuhan-harian', 'makanan-minuman', 'Makanan & Minuman', 'Food & Drink', 'snack', 1),
  ('kebutuhan-harian', 'perawatan-hewan', 'Perawatan Hewan', 'Animal Care', 'petfood', 2),
  ('buku-hiburan', 'buku', 'Buku', 'Books', 'book', 1),
  ('buku-hiburan', 'film-musik', 'Film & Musik', 'Movies & Music', 'guitar', 2),
  ('buku-hiburan', 'alat-kantor', 'Alat Tulis & Kantor', 'Office & Stationery', 'pencil', 3),
  ('buku-hiburan', 'pesta-kerajinan', 'Perlengkapan Pesta & Kerajinan', 'Party Supplies & Craft', 'balloon', 4),
  ('otomotif-olahraga', 'otomotif', 'Otomotif', 'Automotive', 'car', 1),
  ('otomotif-olahraga', 'olahraga', 'Olahraga', 'Sport', 'dumbbell', 2),
  ('emas-perjalanan', 'logam-mulia', 'Logam Mulia', 'Precious Metal', 'gold', 1),
  ('emas-perjalanan', 'tur-perjalanan', 'Tur & Perjalanan', 'Tour & Travel', 'suitcase', 2),
  ('lainnya', 'produk-lain', 'Produk Lain', 'Other Products', 'box', 1)
) as leaf (parent, slug, name_id, name_en, icon, sort);

insert into category_attribute (id, category_id, key, label_id, label_en, kind, unit, choices, filterable, sort)
select md5('attribute:' || category || ':' || key)::uuid, md5('category:' || category)::uuid, key, label_id, label_en, kind, unit, choices::jsonb, filterable, sort
from (values
  ('elektronik', 'warranty', 'Garansi', 'Warranty', 'number', 'bulan', null, false, 90),
  ('elektronik', 'connection', 'Koneksi', 'Connection', 'choice', null, '[{"key": "wireless", "id": "Nirkabel", "en": "Wireless"}, {"key": "bluetooth", "id": "Bluetooth", "en": "Bluetooth"}, {"key": "usb", "id": "USB", "en": "USB"}, {"key": "hdmi", "id": "HDMI", "en": "HDMI"}, {"key": "wired", "id": "Kabel", "en": "Wired"}]', true, 20),
  ('komputer-laptop', 'storage', 'Kapasitas', 'Storage', 'number', 'GB', null, true, 10),
  ('handphone-tablet', 'storage', 'Kapasitas', 'Storage', 'number', 'GB', null, true, 10),
  ('handphone-tablet', 'battery', 'Baterai', 'Battery', 'number', 'mAh', null, true, 11),
  ('kamera', 'resolution', 'Resolusi', 'Resolution', 'number', 'MP', null, true, 10),
  ('kamera', 'storage', 'Kapasitas', 'Storage', 'number', 'GB', null, true, 11),
  ('gaming', 'platform', 'Platform', 'Platform', 'choice', null, '[{"key": "ps2", "id": "PlayStation 2", "en": "PlayStation 2"}, {"key": "ps3", "id": "PlayStation 3", "en": "PlayStation 3"}, {"key": "ps4", "id": "PlayStation 4", "en": "PlayStation 4"}, {"key": "ps5", "id": "PlayStation 5", "en": "PlayStation 5"}, {"key": "switch", "id": "Nintendo Switch", "en": "Nintendo Switch"}, {"key": "xbox", "id": "Xbox", "en": "Xbox"}, {"key": "pc", "id": "PC", "en": "PC"}, {"key": "mobile", "id": "Ponsel", "en": "Mobile"}]', true, 10),
  ('elektronik-rumah', 'power', 'Daya', 'Power', 'number', 'W', null, true, 10),
  ('elektronik-rumah', 'screen', 'Layar', 'Screen', 'number', 'inci', null, true, 11),
  ('fashion', 'material', 'Bahan', 'Material', 'choice', null, '[{"key": "cotton", "id": "Katun", "en": "Cotton"}, {"key": "polyester", "id": "Poliester", "en": "Polyester"}, {"key": "denim", "id": "Denim", "en": "Denim"}, {"key": "leather", "id": "Kulit", "en": "Leather"}, {"key": "rayon", "id": "Rayon", "en": "Rayon"}, {"key": "knit", "id": "Rajut", "en": "Knit"}, {"key": "canvas", "id": "Kanvas", "en": "Canvas"}, {"key": "silicone", "id": "Silikon", "en": "Silicone"}]', true, 10),
  ('fashion', 'pattern', 'Motif', 'Pattern', 'choice', null, '[{"key": "plain", "id": "Polos", "en": "Plain"}, {"key": "striped", "id": "Garis", "en": "Striped"}, {"key": "batik", "id": "Batik", "en": "Batik"}, {"key": "floral", "id": "Bunga", "en": "Floral"}, {"key": "printed", "id": "Gambar", "en": "Printed"}]', true, 20),
  ('kecantikan-kesehatan', 'volume', 'Isi', 'Volume', 'number', 'ml', null, true, 10),
  ('kecantikan-kesehatan', 'halal', 'Halal', 'Halal', 'flag', null, null, true, 20),
  ('rumah-dapur', 'material', 'Bahan', 'Material', 'choice', null, '[{"key": "plastic", "id": "Plastik", "en": "Plastic"}, {"key": "steel", "id": "Baja tahan karat", "en": "Stainless steel"}, {"key": "wood", "id": "Kayu", "en": "Wood"}, {"key": "glass", "id": "Kaca", "en": "Glass"}, {"key": "ceramic", "id": "Keramik", "en": "Ceramic"}, {"key": "aluminium", "id": "Aluminium", "en": "Aluminium"}, {"key": "fabric", "id": "Kain", "en": "Fabric"}, {"key": "rubber", "id": "Karet", "en": "Rubber"}]', true, 10),
  ('rumah-dapur', 'size', 'Ukuran', 'Size', 'text', null, null, false, 20),
  ('ibu-anak', 'age', 'Usia', 'Age', 'choice', null, '[{"key": "newborn", "id": "0–12 bulan", "en": "0–12 months"}, {"key": "toddler", "id": "1–3 tahun", "en": "1–3 years"}, {"key": "preschool", "id": "3–6 tahun", "en": "3–6 years"}, {"key": "school", "id": "6 tahun ke atas", "en": "6 years and up"}]', true, 10),
  ('kebutuhan-harian', 'net_weight', 'Berat bersih', 'Net weight', 'number', 'g', null, true, 10),
  ('makanan-minuman', 'halal', 'Halal', 'Halal', 'flag', null, null, true, 20),
  ('perawatan-hewan', 'animal', 'Hewan', 'Animal', 'choice', null, '[{"key": "cat", "id": "Kucing", "en": "Cat"}, {"key": "dog", "id": "Anjing", "en": "Dog"}, {"key": "fish", "id": "Ikan", "en": "Fish"}, {"key": "bird", "id": "Burung", "en": "Bird"}, {"key": "other", "id": "Lainnya", "en": "Other"}]', true, 20),
  ('buku', 'author', 'Penulis', 'Author', 'text', null, null, false, 10),
  ('buku', 'pages', 'Halaman', 'Pages', 'number', null, null, false, 20),
  ('buku', 'language', 'Bahasa', 'Language', 'choice', null, '[{"key": "id", "id": "Indonesia", "en": "Indonesian"}, {"key": "en", "id": "Inggris", "en": "English"}]', true, 30),
  ('film-musik', 'instrument', 'Alat musik', 'Instrument', 'text', null, null, false, 10),
  ('alat-kantor', 'pack', 'Isi per kemasan', 'Pieces per pack', 'number', null, null, false, 10),
  ('pesta-kerajinan', 'pack', 'Isi per kemasan', 'Pieces per pack', 'number', null, null, false, 10),
  ('otomotif', 'vehicle', 'Kendaraan', 'Vehicle', 'choice', null, '[{"key": "car", "id": "Mobil", "en": "Car"}, {"key": "motorcycle", "id": "Motor", "en": "Motorcycle"}]', true, 10),
  ('olahraga', 'activity', 'Kegiatan', 'Activity', 'choice', null, '[{"key": "gym", "id": "Kebugaran", "en": "Fitness"}, {"key": "running", "id": "Lari", "en": "Running"}, {"key": "football", "id": "Sepak bola", "en": "Football"}, {"key": "badminton", "id": "Bulu tangkis", "en": "Badminton"}, {"key": "cycling", "id": "Sepeda", "en": "Cycling"}, {"key": "outdoor", "id": "Alam bebas", "en": "Outdoor"}, {"key": "swimming", "id": "Renang", "en": "Swimming"}]', true, 10),
  ('logam-mulia', 'gold_weight', 'Berat', 'Weight', 'number', 'gram', null, true, 10),
  ('tur-perjalanan', 'destination', 'Tujuan', 'Destination', 'text', null, null, false, 10)
) as attribute (category, key, label_id, label_en, kind, unit, choices, filterable, sort);
